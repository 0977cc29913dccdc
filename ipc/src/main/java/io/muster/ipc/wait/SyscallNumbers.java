package io.muster.ipc.wait;

import java.util.Locale;

/** Numbers of Linux system calls, which differ by processor. */
enum SyscallNumbers {
    X86_64("linux-x86-64", 202, 228, 62, 110, 16, 3),
    AARCH64("linux-aarch64", 98, 113, 129, 173, 29, 57);

    /** The newer calls have one number everywhere. */
    static final long FUTEX_WAITV = 449;

    static final long PIDFD_OPEN = 434;

    /** Where JNA keeps its library for this kind of machine. */
    final String jnaPrefix;

    final long futex;
    final long clockGettime;
    final long kill;
    final long getppid;
    final long ioctl;
    final long close;

    SyscallNumbers(String jnaPrefix, long futex, long clockGettime, long kill, long getppid, long ioctl, long close) {
        this.jnaPrefix = jnaPrefix;
        this.futex = futex;
        this.clockGettime = clockGettime;
        this.kill = kill;
        this.getppid = getppid;
        this.ioctl = ioctl;
        this.close = close;
    }

    /** Those of this machine; null if it is not one that we know. */
    static SyscallNumbers ofThisMachine() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64":
            case "x86_64":
                return X86_64;
            case "aarch64":
                return AARCH64;
            default:
                return null;
        }
    }
}
