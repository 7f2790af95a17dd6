using System.Runtime.InteropServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Transports.Sockets;

namespace QContinuum.Runtime.Tests.Platforms;

/// <summary>Every number and layout that a system call is made with, against the C compiler of the machine that the tests run on.</summary>
public sealed class The_headers_of_this_machine_say_the_same
{
    private static readonly Platform Here = Platform.Current;

    [NeedsHeaders]
    public Task Of_errors_and_sockets() => ExpectAsync(
        ["errno.h", "netinet/in.h", "netinet/tcp.h", "sys/resource.h", "sys/socket.h"],
        ("EPERM", Native("NotPermitted")),
        ("EINTR", Native("Interrupted")),
        ("ENOMEM", Native("NoMemory")),
        ("EACCES", Native("AccessDenied")),
        ("ENFILE", Native("TableFull")),
        ("EMFILE", Native("TooManyOpen")),
        ("EAGAIN", Here.WouldBlock),
        ("EWOULDBLOCK", Here.WouldBlock),
        ("ENOBUFS", Here.NoBuffers),
        ("EADDRNOTAVAIL", Here.AddressNotAvailable),
        ("ENETUNREACH", Here.NetworkUnreachable),
        ("ECONNRESET", Here.ConnectionReset),
        ("ETIMEDOUT", Here.TimedOut),
        ("ECONNREFUSED", Here.ConnectionRefused),
        ("EHOSTUNREACH", Here.HostUnreachable),
        ("SOL_SOCKET", Here.LevelSocket),
        ("SO_ERROR", Here.OptionError),
        ("SO_LINGER", Here.OptionLinger),
        ("AF_INET", Native("AddressFamily4")),
        ("AF_INET6", Here.AddressFamily6),
        ("IPPROTO_TCP", Native("LevelTcp")),
        ("TCP_NODELAY", Native("OptionNoDelay")),
        ("SHUT_WR", Native("ShutdownSend")),
        ("RLIMIT_NOFILE", Here.LimitOpenFiles));

    [NeedsHeaders]
    public Task Of_addresses() => ExpectAsync(
        ["netinet/in.h"],
        ("sizeof(struct sockaddr_in6)", Native("AddressBytes")),
        ("sizeof(struct sockaddr_in) <= sizeof(struct sockaddr_in6)", 1),
        ("offsetof(struct sockaddr_in, sin_family)", Here.AddressHasLength ? 1 : 0),
        ("sizeof(((struct sockaddr_in *)0)->sin_family)", Here.AddressHasLength ? 1 : 2),
        ("offsetof(struct sockaddr_in, sin_port)", 2),
        ("offsetof(struct sockaddr_in, sin_addr)", 4),
        ("offsetof(struct sockaddr_in6, sin6_port)", 2),
        ("offsetof(struct sockaddr_in6, sin6_addr)", 8),
        ("offsetof(struct sockaddr_in6, sin6_scope_id)", 24));

    [NeedsHeaders]
    public Task Of_files() => ExpectAsync(
        ["fcntl.h", "sys/file.h", "sys/stat.h"],
        ("O_RDONLY | O_CLOEXEC", Here.OpenCloseOnExec),
        ("LOCK_EX | LOCK_NB", Constants.Of(typeof(FolderLock), "Exclusive")),
        ("S_IFMT", File("KindMask")),
        ("S_IFSOCK", File("SocketKind")));

    /// <summary>Of <c>msghdr</c> what comes before its flags: those are never set.</summary>
    [NeedsHeaders]
    public unsafe Task Of_what_is_handed_over() => ExpectAsync(
        ["sys/resource.h", "sys/socket.h", "sys/uio.h", "time.h"],
        ("sizeof(struct iovec)", sizeof(Libc.IoVector)),
        ("offsetof(struct iovec, iov_base)", Offset<Libc.IoVector>(nameof(Libc.IoVector.Base))),
        ("offsetof(struct iovec, iov_len)", Offset<Libc.IoVector>(nameof(Libc.IoVector.Length))),
        ("sizeof(struct msghdr) <= 56", sizeof(Libc.MessageVector) == 56 ? 1 : 0),
        ("offsetof(struct msghdr, msg_name)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.Name))),
        ("offsetof(struct msghdr, msg_namelen)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.NameLength))),
        ("offsetof(struct msghdr, msg_iov)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.Vectors))),
        ("offsetof(struct msghdr, msg_iovlen)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.VectorCount))),
        ("offsetof(struct msghdr, msg_control)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.Control))),
        ("offsetof(struct msghdr, msg_controllen)", Offset<Libc.MessageVector>(nameof(Libc.MessageVector.ControlLength))),
        ("sizeof(struct rlimit)", sizeof(Libc.ResourceLimit)),
        ("offsetof(struct rlimit, rlim_cur)", Offset<Libc.ResourceLimit>(nameof(Libc.ResourceLimit.Current))),
        ("offsetof(struct rlimit, rlim_max)", Offset<Libc.ResourceLimit>(nameof(Libc.ResourceLimit.Most))),
        ("sizeof(struct timespec)", sizeof(KernelTime)),
        ("offsetof(struct timespec, tv_sec)", Offset<KernelTime>(nameof(KernelTime.Seconds))),
        ("offsetof(struct timespec, tv_nsec)", Offset<KernelTime>(nameof(KernelTime.Nanoseconds))),
        ("sizeof(struct linger)", sizeof(long)),
        ("offsetof(struct linger, l_onoff)", 0),
        ("offsetof(struct linger, l_linger)", sizeof(int)),
        ("sizeof(socklen_t)", sizeof(int)),
        ("sizeof(size_t)", sizeof(nint)));

    [NeedsHeaders]
    public Task Of_what_each_machine_has_of_its_own() => OperatingSystem.IsLinux() ? OfLinuxAsync() : OfKqueueAsync();

    private static Task OfLinuxAsync() => ExpectAsync(
        ["fcntl.h", "linux/sockios.h", "sys/epoll.h", "sys/eventfd.h", "sys/ioctl.h", "sys/socket.h", "sys/stat.h", "sys/syscall.h"],
        ("SYS_recvfrom", DirectCalls.Receive),
        ("SYS_sendto", DirectCalls.Send),
        ("MSG_NOSIGNAL", Here.SendNoSignal),
        ("SOCK_NONBLOCK | SOCK_CLOEXEC", Here.AcceptFlags),
        ("AT_FDCWD", File("WorkingFolder")),
        ("AT_SYMLINK_NOFOLLOW", File("NotBehindLinks")),
        ("STATX_TYPE", File("Kind")),
        ("sizeof(struct statx)", File("FactsSize")),
        ("offsetof(struct statx, stx_mode)", Here.FileModeOffset),
        ("sizeof(((struct statx *)0)->stx_mode)", sizeof(ushort)),
        ("SIOCOUTQ", (long)Here.UnsentRequest),
        ("EPOLL_CLOEXEC", Epoll("EpollCloseOnExec")),
        ("EPOLL_CTL_ADD", Epoll("ControlAdd")),
        ("EPOLL_CTL_DEL", Epoll("ControlDelete")),
        ("EPOLL_CTL_MOD", Epoll("ControlModify")),
        ("EPOLLIN", Epoll("EpollIn")),
        ("EPOLLOUT", Epoll("EpollOut")),
        ("EPOLLERR", Epoll("EpollError")),
        ("EPOLLHUP", Epoll("EpollHangup")),
        ("EPOLLET", Epoll("EpollEdgeTriggered")),
        ("sizeof(struct epoll_event)", Epoll("EventSize")),
        ("offsetof(struct epoll_event, events)", 0),
        ("offsetof(struct epoll_event, data)", Epoll("KeyOffset")),
        ("EFD_NONBLOCK", Epoll("EventNonBlocking")),
        ("EFD_CLOEXEC", Epoll("EventCloseOnExec")));

    private static unsafe Task OfKqueueAsync() => ExpectAsync(
        ["stdint.h", "sys/types.h", "sys/event.h", "sys/filio.h", "sys/socket.h", "sys/stat.h"],
        [
            .. OperatingSystem.IsMacOS() ? OfMacOS() : OfFreeBSD(),
            ("sizeof(struct stat) <= 256", File("FactsSize") == 256 ? 1 : 0),
            ("offsetof(struct stat, st_mode)", Here.FileModeOffset),
            ("sizeof(((struct stat *)0)->st_mode)", sizeof(ushort)),
            ("sizeof(struct kevent)", Here.EventSize),
            ("offsetof(struct kevent, ident)", Offset<KernelEvent>(nameof(KernelEvent.Identifier))),
            ("offsetof(struct kevent, filter)", Offset<KernelEvent>(nameof(KernelEvent.Filter))),
            ("offsetof(struct kevent, flags)", Offset<KernelEvent>(nameof(KernelEvent.Flags))),
            ("offsetof(struct kevent, fflags)", Offset<KernelEvent>(nameof(KernelEvent.FilterFlags))),
            ("offsetof(struct kevent, data)", Offset<KernelEvent>(nameof(KernelEvent.Data))),
            ("offsetof(struct kevent, udata)", Offset<KernelEvent>(nameof(KernelEvent.UserData))),
            ("EVFILT_READ", Kqueue("FilterRead")),
            ("EVFILT_WRITE", Kqueue("FilterWrite")),
            ("EVFILT_USER", Here.UserFilter),
            ("EV_ADD", Kqueue("FlagAdd")),
            ("EV_DELETE", Kqueue("FlagDelete")),
            ("EV_CLEAR", Kqueue("FlagClear")),
            ("EV_RECEIPT", Kqueue("FlagReceipt")),
            ("EV_ERROR", Kqueue("FlagError")),
            ("EV_EOF", Kqueue("FlagEnd")),
            ("NOTE_LOWAT", Kqueue("NoteLowWater")),
            ("NOTE_TRIGGER", Kqueue("NoteTrigger")),
        ]);

    private static (string Expression, long Value)[] OfMacOS() =>
    [
        ("SO_NOSIGPIPE", Here.OptionNoSignal),
        ("SO_NWRITE", Here.OptionUnsent),
        ("FIOCLEX", (long)Here.CloseOnExecRequest),
    ];

    private static (string Expression, long Value)[] OfFreeBSD() =>
    [
        ("MSG_NOSIGNAL", Here.SendNoSignal),
        ("SOCK_NONBLOCK | SOCK_CLOEXEC", Here.AcceptFlags),
        ("FIONWRITE", (long)Here.UnsentRequest),
    ];

    private static async Task ExpectAsync(string[] headers, params (string Expression, long Value)[] expected)
    {
        long[] values = await CHeaders.EvaluateAsync(headers, expected.Select(static one => one.Expression));
        Assert.Equal(expected, expected.Zip(values, static (one, value) => (one.Expression, value)));
    }

    private static long Offset<T>(string field) => Marshal.OffsetOf<T>(field);

    private static long Native(string name) => Constants.Of(typeof(NativeSocket), name);

    private static long File(string name) => Constants.Of(typeof(FileKind), name);

    private static long Epoll(string name) => Constants.Of(typeof(EpollPoller), name);

    private static long Kqueue(string name) => Constants.Of(typeof(KqueuePoller<SystemKqueue>), name);
}
