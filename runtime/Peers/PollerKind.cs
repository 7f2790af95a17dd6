namespace QContinuum;

/// <summary>What an event loop waits with.</summary>
public enum PollerKind
{
    /// <summary>What fits the machine best: <see cref="Epoll"/> on Linux, <see cref="Kqueue"/> on macOS and FreeBSD, <see cref="Portable"/> elsewhere.</summary>
    Best,

    /// <summary>epoll(7), of Linux.</summary>
    Epoll,

    /// <summary>
    /// kqueue(2), of macOS and FreeBSD; elsewhere of a library that implements it, whose path the environment variable <c>QCONTINUUM_KQUEUE_LIBRARY</c> gives.
    /// </summary>
    Kqueue,

    /// <summary>The sockets of .NET, of every platform: correct, not fast.</summary>
    Portable,
}
