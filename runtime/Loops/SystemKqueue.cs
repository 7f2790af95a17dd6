using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>
/// The kqueue of macOS and FreeBSD. On other machines it is that of a library which implements it, whose path the environment variable
/// <c>QCONTINUUM_KQUEUE_LIBRARY</c> gives.
/// </summary>
internal readonly unsafe partial struct SystemKqueue : IKqueue
{
    private const string Library = "qcontinuum-kqueue";
    internal const string LibraryVariable = "QCONTINUUM_KQUEUE_LIBRARY";

    /// <summary>Of the libraries that implement kqueue elsewhere: <c>struct kevent</c> as it was before FreeBSD 12, and FreeBSD's numbers.</summary>
    private const int LibraryEventSize = 32;

    private static readonly string? LibraryPath = Environment.GetEnvironmentVariable(LibraryVariable) is { Length: > 0 } path ? path : null;

    private static readonly Lazy<nint> Handle = new(static () => NativeLibrary.Load(LibraryPath ?? "libc", typeof(SystemKqueue).Assembly, null));

    static SystemKqueue()
        => NativeLibrary.SetDllImportResolver(typeof(SystemKqueue).Assembly, static (name, _, _) => name == Library ? Handle.Value : 0);

    /// <summary>Whether there is a kqueue here, as far as is known: a library that is named may still be none.</summary>
    internal static bool IsThere => OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() || LibraryPath is not null;

    /// <summary>Loads what implements it.</summary>
    /// <exception cref="PlatformNotSupportedException">The library that is named is not there, or has no kqueue.</exception>
    internal static void Load()
    {
        if (LibraryPath is not null && !(NativeLibrary.TryLoad(LibraryPath, out nint library)
            && NativeLibrary.TryGetExport(library, "kqueue", out _) && NativeLibrary.TryGetExport(library, "kevent", out _)))
        {
            throw new PlatformNotSupportedException($"{LibraryVariable} names '{LibraryPath}', which is no library with kqueue() and kevent().");
        }
    }

    public int EventSize => LibraryPath is null ? Platform.Current.EventSize : LibraryEventSize;

    public short UserFilter => LibraryPath is null ? Platform.Current.UserFilter : Platform.FreeBSD.UserFilter;

    public int Create() => Kqueue();

    public int Control(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout)
        => Kevent(queue, changes, changeCount, events, eventCount, timeout);

    public void Close(int queue) => _ = Libc.Close(queue);

    [LibraryImport(Library, EntryPoint = "kqueue", SetLastError = true)]
    private static partial int Kqueue();

    [LibraryImport(Library, EntryPoint = "kevent", SetLastError = true)]
    private static partial int Kevent(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout);
}
