/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * inside.c - the last steps of a child on its way to a program in a node.
 *
 * A shell's prompt is set behind the user's own start-up files, which would
 * else set theirs. What does that is a start-up file in memory, which leads to
 * the user's: a memfd for bash and the family of sh; for zsh, which wants a
 * folder, a tmpfs that is mounted nowhere; fish takes a command.
 *
 * In a user namespace there is one user, root, who cannot become another, and
 * tcpdump and many a server would end when they give up their rights. There
 * those calls do nothing, and say that they have.
 */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guard.h"

void inside_foreground(void)
{
	sigset_t tty_output;

	setpgid(0, 0);
	/* the terminal stops whoever takes it from the background */
	sigemptyset(&tty_output);
	sigaddset(&tty_output, SIGTTOU);
	sigprocmask(SIG_BLOCK, &tty_output, NULL);
	tcsetpgrp(STDIN_FILENO, getpid());
	sigprocmask(SIG_UNBLOCK, &tty_output, NULL);
}

static void mount_own(void)
{
	if (unshare(CLONE_NEWNS) < 0)
		return;
	mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
	/* where that is forbidden, they show what the machine has */
	mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
}

/* A file on a tmpfs that is gone from its folder at once. */
static void mount_hosts(const char *hosts)
{
	const char *folder = "/tmp", *file = "/tmp/hosts";
	int fd;

	if (access("/etc/hosts", R_OK) < 0 || mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, NULL) < 0)
		return;
	fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	if (fd >= 0 && write(fd, hosts, strlen(hosts)) == (ssize_t)strlen(hosts))
		mount(file, "/etc/hosts", NULL, MS_BIND, NULL);
	if (fd >= 0)
		close(fd);
	umount2(folder, MNT_DETACH);
}

/* ------------------------------------------------------------- the only user */

static bool is_only_user(void)
{
	char answer[8] = "";
	int fd = open("/proc/self/setgroups", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, answer, sizeof answer - 1);

	close(fd);
	return got > 0 && strncmp(answer, "deny", 4) == 0;
}

#if defined(__x86_64__)
#define OUR_CALLS AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_CALLS AUDIT_ARCH_AARCH64
#else
#define OUR_CALLS 0 /* nobody's: there such programs end */
#endif

/* A test of the call's number: so many others follow before the last two
 * instructions, ALLOW and DO NOTHING. */
#define IGNORE(call, following) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, (following) + 1, 0)

static void changes_of_user_do_nothing(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_CALLS, 0, 8),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		IGNORE(setgroups, 6),
		IGNORE(setuid, 5),
		IGNORE(setgid, 4),
		IGNORE(setreuid, 3),
		IGNORE(setregid, 2),
		IGNORE(setresuid, 1),
		IGNORE(setresgid, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
	};
	struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};

	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* --------------------------------------------------------- the user's shell */

#define SCRIPT_FD 3 /* the lowest after close_range(); the scripts close it */

static bool write_text(int fd, const char *text)
{
	size_t length = strlen(text);

	return write(fd, text, length) == (ssize_t)length;
}

/* A memfd that says this, open as SCRIPT_FD. */
static bool script_open(const char *text)
{
	return memfd_create("netlab-prompt", 0) == SCRIPT_FD && write_text(SCRIPT_FD, text);
}

static const char script_path[] = "/proc/self/fd/3";

static void run_bash(const char *shell, const char *node)
{
	char text[256];

	snprintf(text, sizeof text,
		"exec 3<&-\n"
		"[ -r ~/.bashrc ] && . ~/.bashrc\n"
		"unset PROMPT_COMMAND\n"
		"PS1='%s\\$ '\n",
		node);
	if (script_open(text))
		execl(shell, "bash", "--rcfile", script_path, (char *)NULL);
}

/* dash, ksh, busybox and others read $ENV. */
static void run_sh(const char *shell, const char *name, const char *node)
{
	const char *env = getenv("ENV");
	char text[256];

	setenv("NETLAB_ENV", env ? env : "", 1);
	snprintf(text, sizeof text,
		"exec 3<&-\n"
		"ENV=$NETLAB_ENV\n"
		"unset NETLAB_ENV\n"
		"[ -n \"$ENV\" ] && [ -r \"$ENV\" ] && . \"$ENV\"\n"
		"PS1='%s%c '\n",
		node, geteuid() == 0 ? '#' : '$');
	setenv("ENV", script_path, 1);
	if (script_open(text))
		execl(shell, name, "-i", (char *)NULL);
}

static bool file_in(int folder, const char *name, const char *text)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write_text(fd, text);

	close(fd);
	return ok;
}

/* A folder that lies nowhere, open as SCRIPT_FD. */
static bool folder_open(void)
{
	enum { CONFIG_CREATE = 6 }; /* older C libraries do not have its name */
	int context = (int)syscall(SYS_fsopen, "tmpfs", 0), folder;

	if (context < 0 || syscall(SYS_fsconfig, context, CONFIG_CREATE, NULL, NULL, 0) < 0)
		return false;
	folder = (int)syscall(SYS_fsmount, context, 0, 0);
	/* takes the place of the context */
	return folder >= 0 && dup2(folder, SCRIPT_FD) == SCRIPT_FD && close(folder) == 0;
}

static void run_zsh(const char *shell, const char *node)
{
	static const char env[] = "ZDOTDIR=${NETLAB_ZDOTDIR:-$HOME}\n"
				  "[[ -r $ZDOTDIR/.zshenv ]] && . $ZDOTDIR/.zshenv\n"
				  "NETLAB_ZDOTDIR=$ZDOTDIR\n"
				  "ZDOTDIR=/proc/self/fd/3\n";
	const char *folder = getenv("ZDOTDIR");
	char text[256];

	snprintf(text, sizeof text,
		"exec 3<&-\n"
		"ZDOTDIR=$NETLAB_ZDOTDIR\n"
		"unset NETLAB_ZDOTDIR\n"
		"[[ -r $ZDOTDIR/.zshrc ]] && . $ZDOTDIR/.zshrc\n"
		"precmd_functions=()\n"
		"unfunction precmd 2>/dev/null\n"
		"unset RPROMPT\n"
		"PROMPT='%s%%# '\n",
		node);
	if (folder)
		setenv("NETLAB_ZDOTDIR", folder, 1);
	setenv("ZDOTDIR", script_path, 1);
	if (folder_open() && file_in(SCRIPT_FD, ".zshenv", env) &&
		file_in(SCRIPT_FD, ".zshrc", text))
		execl(shell, "zsh", "-i", (char *)NULL);
}

static void run_fish(const char *shell, const char *node)
{
	char text[128];

	snprintf(text, sizeof text,
		"function fish_prompt; echo -n '%s%c '; end; functions -e fish_right_prompt", node,
		geteuid() == 0 ? '#' : '>');
	execl(shell, "fish", "-C", text, (char *)NULL);
}

static void run_shell(const char *node)
{
	const char *shell = getenv("SHELL"), *name;
	char prompt[32];

	name = shell && strrchr(shell, '/') ? strrchr(shell, '/') + 1 : "";
	if (!name[0] || strcmp(name, "nologin") == 0 || strcmp(name, "false") == 0 ||
		access(shell, X_OK) < 0) {
		shell = "/bin/sh";
		name = "sh";
	}
	snprintf(prompt, sizeof prompt, "%s%c ", node, geteuid() == 0 ? '#' : '$');
	setenv("PS1", prompt, 1); /* for shells that we do not know */
	if (strcmp(name, "bash") == 0)
		run_bash(shell, node);
	else if (strcmp(name, "zsh") == 0)
		run_zsh(shell, node);
	else if (strcmp(name, "fish") == 0)
		run_fish(shell, node);
	else if (strlen(name) >= 2 && strcmp(name + strlen(name) - 2, "sh") == 0 &&
		 !strstr(name, "csh"))
		run_sh(shell, name, node);
	execl(shell, name, (char *)NULL);
}

void inside_run(const char *node, const char *hosts, char *const argv[])
{
	const char *name = argv ? argv[0] : "a shell";

	guard_begin();
	mount_own();
	if (hosts)
		mount_hosts(hosts);
	if (is_only_user())
		changes_of_user_do_nothing();
	close_range(3, ~0U, 0);
	setenv("NETLAB_NODE", node, 1);
	guard_limit();
	if (argv)
		execvp(argv[0], argv);
	else
		run_shell(node);
	fprintf(stderr, "cannot run %s: %s\n", name, strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}
