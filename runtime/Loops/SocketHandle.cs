using System.Net;
using System.Net.Sockets;

namespace QContinuum.Loops;

/// <summary>The handle inside a socket, for pollers that call the operating system with it.</summary>
internal static class SocketHandle
{
    /// <summary>Begins to connect, and takes the handle out.</summary>
    /// <exception cref="SocketException">The attempt failed at once.</exception>
    internal static nint Connect(Socket socket, EndPoint endpoint)
    {
        try
        {
            socket.Connect(endpoint);
        }
        catch (SocketException exception)
            when (endpoint is IPEndPoint && exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Under way: the loop hears of the outcome. A unix domain socket is never under way: there it means that too many wait to be accepted.
        }

        return Detach(socket);
    }

    /// <summary>
    /// Takes the handle out of a socket that no asynchronous call was made on, and which the runtime's own engine has therefore never seen.
    /// The socket is left to the garbage collector, and not disposed of: that would wait for a handle that it does not have any more.
    /// </summary>
    private static nint Detach(Socket socket)
    {
        nint handle = socket.Handle;
        socket.SafeHandle.SetHandleAsInvalid();
#pragma warning disable CA1816 // For another object: its finalizer would wait for the handle like its Dispose.
        GC.SuppressFinalize(socket);
#pragma warning restore CA1816
        return handle;
    }
}
