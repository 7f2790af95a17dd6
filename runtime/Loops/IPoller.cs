using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>What a handle is ready for.</summary>
[Flags]
internal enum Readiness : byte
{
    None = 0,
    Readable = 1,
    Writable = 2,

    /// <summary>An error: reported whether or not it was asked for, and read by a receive.</summary>
    Failed = 4,

    /// <summary>
    /// Both directions have ended: reported whether or not it was asked for. Of a unix domain socket there may be something to be received before.
    /// </summary>
    HungUp = 8,
}

/// <summary>Why an operation moved no byte. Operations return it negated, so that it is told from a count by its sign.</summary>
internal enum IoError
{
    /// <summary>Not now: wait for readiness.</summary>
    WouldBlock = 1,

    /// <summary>The other side, or the network, ended the connection. What came before may still be there to be received.</summary>
    Reset = 2,

    /// <summary>The process or the machine has no descriptor, or no memory for one.</summary>
    NoDescriptor = 3,

    /// <summary>The connection to be accepted is already gone: try the next one.</summary>
    Aborted = 4,

    /// <summary>The other side has closed in order, and takes nothing any more. What it sent before its end, and that end, are still to be received.</summary>
    NotTaken = 5,
}

/// <summary>
/// Everything that a loop asks of the operating system. A struct, so that the loop that is generic over it calls without indirection, and
/// so that a simulated kernel is one more implementation. Unless a member says otherwise it is called on the loop's thread alone.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>The handle of a listening socket, which stays its owner's: it is disposed of after <see cref="Remove"/>.</summary>
    static abstract nint Listen(Socket socket);

    /// <summary>
    /// The handle of a socket that begins to be connected, and that is the poller's from here on. Any thread. Once it is watched for
    /// <see cref="Readiness.Writable"/>, that tells the outcome.
    /// </summary>
    /// <exception cref="SocketException">The attempt failed at once; the socket is still the caller's.</exception>
    static abstract nint Connect(Socket socket, EndPoint endpoint);

    /// <summary>Waits until something is ready, for at most <paramref name="timeoutMilliseconds"/>; -1 waits without end.</summary>
    /// <returns>How many events <see cref="Event"/> can tell; 0 after a time-out, a wake-up or an interruption.</returns>
    int Wait(int timeoutMilliseconds);

    /// <summary>One event of the last wait.</summary>
    Readiness Event(int index, out ulong key);

    /// <summary>Ends a wait, the present or the next one. Any thread.</summary>
    void Wake();

    /// <summary>Watches a handle, level-triggered; <paramref name="key"/> comes back with its events.</summary>
    void Add(nint handle, ulong key, Readiness interest);

    /// <summary>Changes what a watched handle is watched for.</summary>
    void Modify(nint handle, ulong key, Readiness interest);

    /// <summary>Stops watching a handle, which stays open; a listening one is not watched again.</summary>
    void Remove(nint handle);

    /// <summary>Accepts one connection, non-blocking and without Nagle's delay.</summary>
    /// <returns>The handle, or an <see cref="IoError"/>, negated.</returns>
    nint Accept(nint listener, out SocketPeerAddress address);

    /// <summary>Receives at most <paramref name="length"/> bytes.</summary>
    /// <returns>Bytes received, 0 at the end of the stream, or an <see cref="IoError"/>, negated.</returns>
    unsafe int Receive(nint handle, byte* destination, int length);

    /// <summary>Sends what a chain of blocks holds, or the beginning of it.</summary>
    /// <returns>Bytes sent, or an <see cref="IoError"/>, negated.</returns>
    int Send(nint handle, Block chain);

    /// <summary>Of a handle that failed, whether it was reset; if not, the other side takes nothing, and what it sent before is still to be received. Asked once.</summary>
    bool WasReset(nint handle);

    /// <summary>Bytes sent that the other side has not confirmed: while they become fewer, it takes what it is sent, though the kernel has no room yet.</summary>
    int Unconfirmed(nint handle);

    /// <summary>The result of a connection attempt, once the handle is writable.</summary>
    SocketError FinishConnect(nint handle);

    /// <summary>Ends the outgoing direction, after what was sent.</summary>
    void ShutdownWrite(nint handle);

    /// <summary>Stops watching and closes a handle; with <paramref name="reset"/> at once, without delivering what is still unsent.</summary>
    void Close(nint handle, bool reset);

    /// <summary>Closes a handle that is not watched. Any thread; also after the poller was disposed of.</summary>
    void Discard(nint handle, bool reset);
}
