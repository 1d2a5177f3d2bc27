/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * remedy.c - the distributions, and their commands.
 */
#include "remedy.h"

#include <stdio.h>
#include <string.h>

const char *system_name(enum system_kind kind)
{
	static const char *const names[SYSTEMS] = {"Debian", "Ubuntu", "Fedora", "Arch", "WSL2",
		"another system"};

	return names[kind];
}

/* ------------------------------------------------------------ which one it is */

/* The value of KEY= in os-release, without its quotes; "" when there is none. */
static void find_value(FILE *file, const char *key, char *value, size_t size)
{
	size_t length = strlen(key);
	char line[256];

	value[0] = '\0';
	rewind(file);
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, key, length) != 0 || line[length] != '=')
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(value, size, "%s", line + length + 1 + (line[length + 1] == '"'));
		value[strcspn(value, "\"")] = '\0';
		return;
	}
}

/* The first word that is known. */
static enum system_kind kind_of(char *words)
{
	static const struct {
		const char *id;
		enum system_kind kind;
	} known[] = {
		{"ubuntu", SYSTEM_UBUNTU}, {"debian", SYSTEM_DEBIAN}, {"fedora", SYSTEM_FEDORA},
		{"rhel", SYSTEM_FEDORA}, {"centos", SYSTEM_FEDORA}, {"arch", SYSTEM_ARCH},
	};
	char *word;

	while ((word = strsep(&words, " ")))
		for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
			if (strcmp(word, known[i].id) == 0)
				return known[i].kind;
	return SYSTEM_OTHER;
}

static bool is_wsl(void)
{
	FILE *file = fopen("/proc/version", "re");
	char text[256] = "";
	bool is = file && fgets(text, sizeof text, file) && strcasestr(text, "microsoft");

	if (file)
		fclose(file);
	return is;
}

enum system_kind system_here(char *title, size_t size)
{
	FILE *file = fopen("/etc/os-release", "re");
	enum system_kind kind = SYSTEM_OTHER;
	char words[128], name[100] = "";

	if (file) {
		find_value(file, "ID", words, sizeof words);
		kind = kind_of(words);
		find_value(file, "ID_LIKE", words, sizeof words);
		if (kind == SYSTEM_OTHER)
			kind = kind_of(words);
		find_value(file, "PRETTY_NAME", name, sizeof name);
		fclose(file);
	}
	if (is_wsl())
		kind = SYSTEM_WSL;
	snprintf(title, size, "%s%s", name[0] ? name : "an unknown system",
		kind == SYSTEM_WSL ? " on WSL2" : "");
	return kind;
}

/* ------------------------------------------------------------------ remedies */

static void module_text(const struct remedy_for *remedy, enum system_kind kind, char *buf,
	size_t size)
{
	switch (kind) {
	case SYSTEM_DEBIAN:
		snprintf(buf, size, "sudo apt install linux-image-$(dpkg --print-architecture) && "
			"sudo reboot; then sudo modprobe %s", remedy->what);
		return;
	case SYSTEM_UBUNTU:
		snprintf(buf, size, "sudo apt install linux-modules-extra-$(uname -r) && "
			"sudo modprobe %s", remedy->what);
		return;
	case SYSTEM_FEDORA:
		snprintf(buf, size, "sudo dnf install kernel-modules-extra-$(uname -r) && "
			"sudo modprobe %s", remedy->what);
		return;
	case SYSTEM_ARCH:
		snprintf(buf, size, "sudo pacman -S linux && sudo reboot; then sudo modprobe %s",
			remedy->what);
		return;
	case SYSTEM_WSL:
		snprintf(buf, size,
			"in Windows: wsl --update; if that has no %s, a kernel built with "
			"CONFIG_%s=y, named in .wslconfig ([wsl2] kernel=PATH)", remedy->what,
			remedy->option);
		return;
	case SYSTEM_OTHER:
	case SYSTEMS:
		snprintf(buf, size, "sudo modprobe %s, or a kernel that has it (CONFIG_%s)",
			remedy->what, remedy->option);
	}
}

static void newer_text(const struct remedy_for *remedy, enum system_kind kind, char *buf,
	size_t size)
{
	static const char *const commands[SYSTEMS] = {
		[SYSTEM_DEBIAN] = "sudo apt install -t $(. /etc/os-release; "
				  "echo $VERSION_CODENAME)-backports "
				  "linux-image-$(dpkg --print-architecture) && sudo reboot",
		[SYSTEM_UBUNTU] = ("sudo apt install linux-generic-hwe-$(. /etc/os-release; "
				  "echo $VERSION_ID) && sudo reboot"),
		[SYSTEM_FEDORA] = "sudo dnf upgrade kernel && sudo reboot",
		[SYSTEM_ARCH] = "sudo pacman -Syu && sudo reboot",
		[SYSTEM_WSL] = "in Windows: wsl --update",
	};

	snprintf(buf, size, "%s%s%s", remedy->what, commands[kind] ? ": " : " or later",
		commands[kind] ? commands[kind] : "");
}

static void kernel_text(const struct remedy_for *remedy, enum system_kind kind, char *buf,
	size_t size)
{
	static const char *const commands[SYSTEMS] = {
		[SYSTEM_DEBIAN] = "sudo apt install linux-image-$(dpkg --print-architecture)",
		[SYSTEM_UBUNTU] = "sudo apt install linux-generic",
		[SYSTEM_FEDORA] = "sudo dnf install kernel",
		[SYSTEM_ARCH] = "sudo pacman -S linux",
	};

	if (commands[kind])
		snprintf(buf, size, "%s && sudo reboot", commands[kind]);
	else
		snprintf(buf, size, "%sa kernel with CONFIG_%s=y",
			kind == SYSTEM_WSL ? "in Windows: wsl --update, or " : "", remedy->option);
}

static void setting_text(const char *setting, char *buf, size_t size)
{
	snprintf(buf, size,
		"echo %s | sudo tee /etc/sysctl.d/90-netlab.conf && sudo sysctl --system", setting);
}

static void userns_text(enum probe_refusal refusal, char *buf, size_t size)
{
	size_t used;

	switch (refusal) {
	case REFUSED_BY_MAX:
		setting_text("user.max_user_namespaces=15000", buf, size);
		break;
	case REFUSED_BY_CLONE:
		setting_text("kernel.unprivileged_userns_clone=1", buf, size);
		break;
	case REFUSED_BY_APPARMOR:
		setting_text("kernel.apparmor_restrict_unprivileged_userns=0", buf, size);
		break;
	case REFUSED_NOT:
	case REFUSED_OTHERWISE:
		snprintf(buf, size, "in a container: start it with --privileged");
	}
	used = strlen(buf);
	snprintf(buf + used, size - used, "; or: sudo netlab");
}

const char *remedy_text(const struct remedy_for *remedy, enum system_kind kind,
	enum probe_refusal refusal, char *buf, size_t size)
{
	char setting[64];

	switch (remedy->remedy) {
	case REMEDY_NONE:
		snprintf(buf, size, "-");
		break;
	case REMEDY_MODULE:
		module_text(remedy, kind, buf, size);
		break;
	case REMEDY_NEWER:
		newer_text(remedy, kind, buf, size);
		break;
	case REMEDY_USERNS:
		userns_text(refusal, buf, size);
		break;
	case REMEDY_KERNEL:
		kernel_text(remedy, kind, buf, size);
		break;
	case REMEDY_LIMIT:
		snprintf(setting, sizeof setting, "%s=15000", remedy->what);
		setting_text(setting, buf, size);
		break;
	case REMEDY_CONTAINER:
		snprintf(buf, size, "in a container: start it with --privileged");
		break;
	case REMEDY_FILES:
		snprintf(buf, size, "ulimit -n %s, in the shell that starts netlab", remedy->what);
		break;
	case REMEDY_FILES_HARD:
		snprintf(buf, size,
			"sudo prlimit --pid $$ --nofile=%s, in the shell that starts netlab",
			remedy->what);
		break;
	case REMEDY_TRACING:
		snprintf(buf, size, "as root of the machine, not of a container: sudo make check");
		break;
	case REMEDY_LOCALE:
		snprintf(buf, size, "export LC_ALL=C.UTF-8");
		break;
	}
	return buf;
}

bool remedy_is_general(enum remedy remedy)
{
	return remedy != REMEDY_MODULE && remedy != REMEDY_NEWER && remedy != REMEDY_KERNEL;
}
