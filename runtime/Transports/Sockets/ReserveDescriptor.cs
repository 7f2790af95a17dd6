using Microsoft.Win32.SafeHandles;

namespace QContinuum.Transports.Sockets;

/// <summary>A descriptor that is kept for the moment in which no other is free: with it, who waits to be accepted can be turned away.</summary>
internal sealed class ReserveDescriptor
{
    private const string Nothing = "/dev/null";

    private SafeFileHandle? _held;

    internal ReserveDescriptor() => Take();

    /// <summary>Takes it again, if there is one by now. Windows has no such limit.</summary>
    internal void Take()
    {
        if (_held is not null || OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            _held = File.OpenHandle(Nothing);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else was faster; the next time, perhaps.
        }
    }

    /// <summary>Lets it go, so that something else can be had for it.</summary>
    internal void Release()
    {
        _held?.Dispose();
        _held = null;
    }
}
