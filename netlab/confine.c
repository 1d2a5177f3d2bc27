/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * confine.c - a root folder of its own, in which only programs are: made of
 * copies of the machine's mounts, on a tmpfs that is mounted nowhere else. The
 * old one is left behind, so that nothing leads back to it, whatever is mounted
 * or unmounted later.
 *
 * Root does this with its own rights and then becomes nobody; another user makes
 * a user namespace first.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "machine.h"
#include "netlab.h"

#define NOBODY 65534
#define PATH_SIZE 4096

static const char *const readable[] = {
	"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", NULL};
static const char *const devices[] = {
	"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", NULL};

/* A copy of the mount at `path`, and of those in it, for mount_at(); -1. */
static int mount_copy(const char *path, bool read_only)
{
	struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID};
	int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path,
		OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);

	if (tree >= 0 && read_only &&
		syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
			sizeof attributes) < 0)
		fd_close(&tree);
	return tree;
}

static int mount_at(int tree, const char *path)
{
	int result = tree < 0 ? -1 : (int)syscall(SYS_move_mount, tree, "", AT_FDCWD, path,
		MOVE_MOUNT_F_EMPTY_PATH);

	fd_close(&tree);
	return result;
}

static void make_folders(const char *path)
{
	char part[PATH_SIZE];

	for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
		mkdir(part, 0755);
	}
	mkdir(path, 0755);
}

static void make_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	fd_close(&fd);
}

/* Below `root` the same folder, or the same symbolic link, as on the machine. */
static int show(const char *root, const char *path, bool read_only)
{
	char target[PATH_SIZE], link[PATH_SIZE];
	ssize_t length = readlink(path, link, sizeof link - 1);

	if (snprintf(target, sizeof target, "%s%s", root, path) >= (int)sizeof target)
		return 0;
	if (length > 0) {
		link[length] = '\0';
		return symlink(link, target);
	}
	if (access(path, F_OK) < 0)
		return 0;
	make_folders(target);
	return mount_at(mount_copy(path, read_only), target);
}

static int show_device(const char *root, const char *path)
{
	char target[PATH_SIZE];

	snprintf(target, sizeof target, "%s%s", root, path);
	make_file(target);
	return mount_at(mount_copy(path, false), target);
}

/* An empty file or folder in its place, where there is one. */
static int hide(const char *root, const char *path)
{
	char target[PATH_SIZE];
	struct stat info;

	if (snprintf(target, sizeof target, "%s%s", root, path) >= (int)sizeof target ||
		stat(target, &info) < 0)
		return 0;
	if (S_ISDIR(info.st_mode))
		return mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k");
	return mount_at(mount_copy("/dev/null", false), target);
}

/* A folder that may be written to, for a while. */
static int scratch(const char *root, const char *path)
{
	char target[PATH_SIZE];

	snprintf(target, sizeof target, "%s%s", root, path);
	make_folders(target);
	return mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV,
		"size=16m,nr_inodes=4096,mode=1777");
}

static int seal(const char *root)
{
	struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};

	return (int)syscall(SYS_mount_setattr, AT_FDCWD, root, 0, &attributes, sizeof attributes);
}

static int fill(const char *root, const char *const *folders, const char *const *hidden)
{
	char path[PATH_SIZE];
	int i;

	/* first: what is to be shown may lie in it */
	if (scratch(root, "/tmp") < 0 || scratch(root, "/dev/shm") < 0)
		return -1;
	for (i = 0; readable[i]; i++)
		if (show(root, readable[i], true) < 0)
			return -1;
	for (i = 0; folders[i]; i++)
		if (show(root, folders[i], true) < 0)
			return -1;
	snprintf(path, sizeof path, "%s/dev", root);
	make_folders(path);
	for (i = 0; devices[i]; i++)
		if (show_device(root, devices[i]) < 0)
			return -1;
	for (i = 0; hidden[i]; i++)
		if (hide(root, hidden[i]) < 0)
			return -1;
	/* netlab itself works by them; programs get their own */
	if (show(root, "/proc", false) < 0 || show(root, "/sys", false) < 0)
		return -1;
	return seal(root);
}

/* Somewhere a tmpfs must be mounted while it is filled: where no path that is
 * needed lies below. */
static const char *building_ground(const char *const *folders)
{
	static const char *const grounds[] = {"/mnt", "/media", "/srv", "/opt", "/run", "/tmp", NULL};

	for (int i = 0; grounds[i]; i++) {
		bool used = access(grounds[i], F_OK) < 0;

		for (int k = 0; folders[k] && !used; k++)
			used = strncmp(folders[k], grounds[i], strlen(grounds[i])) == 0;
		if (!used)
			return grounds[i];
	}
	return NULL;
}

/* From the new root folder, where we are. An initial ramdisk cannot be pivoted
 * away: it stays below, where only who may chroot could come. */
static int leave_old_root(void)
{
	if (syscall(SYS_pivot_root, ".", ".") == 0)
		return umount2(".", MNT_DETACH);
	if (errno != EINVAL || mount(".", "/", NULL, MS_MOVE, NULL) < 0)
		return -1;
	return chroot(".");
}

static int change_root(const char *const *folders, const char *const *hidden, struct cause *cause)
{
	const char *root = building_ground(folders);

	if (!root)
		return cause_set(cause, ENOENT, "no folder to build a root folder in: /mnt is missing");
	if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
		mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755") < 0 ||
		fill(root, folders, hidden) < 0 || chdir(root) < 0 ||
		leave_old_root() < 0 || chdir("/") < 0)
		return cause_set_errno(cause, errno, "cannot make a root folder of its own");
	return 0;
}

static int become_nobody(struct cause *cause)
{
	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 ||
		setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return cause_set_errno(cause, errno, "cannot become nobody");
	return 0;
}

static int confine(const char *const *folders, const char *const *hidden, struct cause *cause)
{
	if (geteuid() == 0)
		return change_root(folders, hidden, cause) < 0 || become_nobody(cause) < 0 ? -1 : 0;
	return machine_enter_user_namespace(cause) < 0 ? -1 : change_root(folders, hidden, cause);
}

/* The whole of it in a child that ends then: afterwards there is no way back. */
static int rehearse(const char *const *folders, const char *const *hidden, struct cause *cause)
{
	int pair[2], pid, status = 0;
	bool root = geteuid() == 0;

	if (pipe2(pair, O_CLOEXEC) < 0 || (pid = fork()) < 0)
		return cause_set_errno(cause, errno, "cannot start a process");
	if (pid == 0) {
		int result = confine(folders, hidden, cause);

		if (result == 0 && root)
			result = machine_enter_user_namespace(cause);
		if (result < 0 && write(pair[1], cause, sizeof *cause) < 0)
			_exit(2);
		_exit(result < 0);
	}
	close(pair[1]);
	waitpid(pid, &status, 0);
	if (status && read(pair[0], cause, sizeof *cause) != sizeof *cause)
		cause_set(cause, EPERM, "cannot make a root folder of its own");
	close(pair[0]);
	return status ? -1 : 0;
}

int machine_confine(const char *const *folders, const char *const *hidden, struct cause *cause)
{
	return rehearse(folders, hidden, cause) < 0 ? -1 : confine(folders, hidden, cause);
}
