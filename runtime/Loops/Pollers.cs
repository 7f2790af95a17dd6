namespace QContinuum.Loops;

/// <summary>A way to wait for the operating system, and the loops that wait in it.</summary>
internal abstract class Pollers
{
    private const int MostSharedLoops = 4;

    private readonly Lock _gate = new();
    private LoopGroup? _shared;

    internal static Pollers Epoll { get; } = new Pollers<EpollPoller>("epoll", static () => new EpollPoller());

    internal static Pollers Kqueue { get; } = new Pollers<KqueuePoller<SystemKqueue>>("kqueue", static () => new KqueuePoller<SystemKqueue>(default));

    internal static Pollers Portable { get; } = new Pollers<PortablePoller>("portable", static () => new PortablePoller());

    /// <summary>What fits this machine best; tests put something else in before the first loop is made.</summary>
    internal static Pollers Default { get; set; } = OperatingSystem.IsLinux() ? Epoll
        : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? Kqueue
        : Portable;

    /// <summary>What somebody asked for.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine does not have it.</exception>
    internal static Pollers Of(PollerKind kind) => kind switch
    {
        PollerKind.Epoll when OperatingSystem.IsLinux() => Epoll,
        PollerKind.Epoll => throw new PlatformNotSupportedException("There is no epoll here: it is Linux's."),
        PollerKind.Kqueue when SystemKqueue.IsThere => LoadedKqueue(),
        PollerKind.Kqueue => throw new PlatformNotSupportedException(
            $"There is no kqueue here: it is of macOS and FreeBSD, or of a library whose path {SystemKqueue.LibraryVariable} gives."),
        PollerKind.Portable => Portable,
        _ => Default,
    };

    private static Pollers LoadedKqueue()
    {
        SystemKqueue.Load();
        return Kqueue;
    }

    /// <summary>The loops of client peers that are not given a server's: started with the first of them, for the life of the process.</summary>
    /// <remarks>Where they cannot be made, for want of a descriptor for instance, the next client tries again.</remarks>
    internal LoopGroup SharedLoops
    {
        get
        {
            if (Volatile.Read(ref _shared) is { } made)
            {
                return made;
            }

            lock (_gate)
            {
                if (_shared is null)
                {
                    LoopGroup group = new(this, Math.Clamp(Environment.ProcessorCount / 2, 1, MostSharedLoops), TimeProvider.System);
                    group.Start();
                    Volatile.Write(ref _shared, group);
                }

                return _shared;
            }
        }
    }

    internal abstract string Name { get; }

    internal abstract EventLoop CreateLoop(int index, TimeProvider time);
}

/// <summary>The loops that wait with <typeparamref name="TPoller"/>.</summary>
internal sealed class Pollers<TPoller>(string name, Func<TPoller> create) : Pollers
    where TPoller : struct, IPoller
{
    internal override string Name => name;

    internal override EventLoop CreateLoop(int index, TimeProvider time) => new EventLoop<TPoller>(create(), index, time);
}
