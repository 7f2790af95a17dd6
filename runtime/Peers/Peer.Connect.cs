using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>The client's side: how a connection is made.</summary>
public sealed partial class Peer
{
    /// <summary>Connects to a server, and completes after the Opened handler of <paramref name="processor"/> has run.</summary>
    /// <param name="endpoint">An address or a host name, and a port: <c>127.0.0.1:9000</c>, <c>[::1]:9000</c>, <c>example.org:9000</c>.</param>
    /// <param name="processor">What handles the messages of the peer; one may serve many peers.</param>
    /// <param name="options">The bounds of the peer; the defaults if null.</param>
    /// <param name="cancellationToken">
    /// Gives the attempt up, and cancels <see cref="Aborted"/>: it has ended when an asynchronous Opened handler that runs has ended, or after half a minute.
    /// </param>
    /// <exception cref="FormatException"><paramref name="endpoint"/> is not an address and a port.</exception>
    /// <exception cref="SocketException">None of the addresses of the host could be connected to; the error is the last one's.</exception>
    /// <exception cref="PeerClosedException">The Opened handler threw, or closed the peer; or the processor stops.</exception>
    /// <exception cref="OperationCanceledException">The attempt was given up.</exception>
    /// <remarks>
    /// A host may have several addresses. Each that has not answered for 250 ms is left to go on, and the next one is tried beside it; who is connected first opens, and the
    /// others end, of which no handler hears (RFC 8305).
    /// </remarks>
    public static Task<Peer> ConnectTcpAsync(
        string endpoint, Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
        => ConnectTcpAsync(endpoint, processor, options, TimeProvider.System, cancellationToken);

    /// <summary>The same, by the clock of a client.</summary>
    internal static async Task<Peer> ConnectTcpAsync(
        string endpoint, Processor processor, PeerOptions? options, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(processor);
        if (IPEndPoint.TryParse(endpoint, out IPEndPoint? address) && HasPort(endpoint))
        {
            return await ConnectTcpAsync(address, processor, options, cancellationToken).ConfigureAwait(false);
        }

        int colon = endpoint.LastIndexOf(':');
        if (colon <= 0 || endpoint.AsSpan(0, colon).Contains(':') || !ushort.TryParse(endpoint.AsSpan(colon + 1), out ushort port))
        {
            throw new FormatException($"'{endpoint}' is not an address and a port, such as 127.0.0.1:9000 or example.org:9000.");
        }

        // A look-up that has begun does not heed its token: it is left to itself.
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(endpoint[..colon], cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return addresses.Length != 0
            ? await new ConnectionRace(clock, cancellationToken)
                .RunAsync(addresses, (address, mayOpen, token) => ConnectTcpAsync(new IPEndPoint(address, port), processor, options, mayOpen, token))
                .ConfigureAwait(false)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Connects to a server, and completes after the Opened handler of <paramref name="processor"/> has run.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="processor">What handles the messages of the peer; one may serve many peers.</param>
    /// <param name="options">The bounds of the peer; the defaults if null.</param>
    /// <param name="cancellationToken">
    /// Gives the attempt up, and cancels <see cref="Aborted"/>: it has ended when an asynchronous Opened handler that runs has ended, or after half a minute.
    /// </param>
    /// <exception cref="SocketException">The connection could not be made.</exception>
    /// <exception cref="PeerClosedException">The Opened handler threw, or closed the peer; or the processor stops.</exception>
    /// <exception cref="OperationCanceledException">The attempt was given up.</exception>
    public static Task<Peer> ConnectTcpAsync(
        IPEndPoint endpoint, Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return ConnectTcpAsync(endpoint, processor, options, mayOpen: null, cancellationToken);
    }

    /// <summary>The same, for one of several attempts: <paramref name="mayOpen"/> is asked by the loop when it is connected; where it says no, the attempt has failed.</summary>
    internal static Task<Peer> ConnectTcpAsync(
        IPEndPoint endpoint, Processor processor, PeerOptions? options, Func<bool>? mayOpen, CancellationToken cancellationToken)
        => ConnectAsync(
            endpoint,
            static (loop, owner, options, endpoint) => SocketTransport.BeginConnect(loop, endpoint, owner, options),
            processor,
            options,
            endpoint,
            cancellationToken,
            mayOpen);

    /// <summary>Connects to a server of this machine through a unix domain socket, and completes after the Opened handler of <paramref name="processor"/> has run.</summary>
    /// <param name="path">The path of the socket.</param>
    /// <param name="processor">What handles the messages of the peer; one may serve many peers.</param>
    /// <param name="options">The bounds of the peer; the defaults if null.</param>
    /// <param name="cancellationToken">
    /// Gives the attempt up, and cancels <see cref="Aborted"/>: it has ended when an asynchronous Opened handler that runs has ended, or after half a minute.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or longer than the system takes (about 100 bytes).</exception>
    /// <exception cref="SocketException">The connection could not be made.</exception>
    /// <exception cref="PeerClosedException">The Opened handler threw, or closed the peer; or the processor stops.</exception>
    /// <exception cref="OperationCanceledException">The attempt was given up.</exception>
    public static Task<Peer> ConnectUnixAsync(
        string path, Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        UnixDomainSocketEndPoint endpoint = new(path);
        return ConnectAsync(
            endpoint,
            static (loop, owner, options, endpoint) => SocketTransport.BeginConnect(loop, endpoint, owner, options),
            processor,
            options,
            endpoint,
            cancellationToken);
    }

    /// <summary>What every transport does to connect: <paramref name="connect"/> begins it on a loop, which hears of the outcome.</summary>
    internal static async Task<Peer> ConnectAsync<TState>(
        EndPoint endpoint,
        Func<EventLoop, IConnectionOwner, PeerOptions, TState, Connection> connect,
        Processor processor,
        PeerOptions? options,
        TState state,
        CancellationToken cancellationToken,
        Func<bool>? mayOpen = null)
    {
        ArgumentNullException.ThrowIfNull(processor);
        cancellationToken.ThrowIfCancellationRequested();
        options ??= new PeerOptions();
        options.Validate();

        EventLoop loop = processor.ChooseLoop(options.Pollers);
        TaskCompletionSource<Peer> connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Peer peer = new(processor, options, loop, endpoint) { _extras = new() { Connecting = connecting, MayOpen = mayOpen }, _isAttached = true };
        Connection connection;
        bool isAttached = false;
        try
        {
            processor.Attach(options.Log);
            isAttached = true;
            connection = connect(loop, peer, options, state);
        }
        catch
        {
            peer.LeaveProcessor();
            if (isAttached)
            {
                processor.Detach();
            }

            throw;
        }

        peer.Begin(connection);
        await using (cancellationToken.UnsafeRegister(static state => ((Peer)state!).Abort(), peer).ConfigureAwait(false))
        {
            try
            {
                return await connecting.Task.ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or PeerClosedException)
            {
                // Whoever tries again does not meet what is left of this attempt: its Closed handler has run.
                await peer.Completion.ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }
        }
    }

    /// <summary>Whether the text says a port: <c>::1</c> is an address without one, though it ends in a colon and a number.</summary>
    internal static bool HasPort(string endpoint)
        => endpoint.StartsWith('[') ? endpoint.Contains("]:", StringComparison.Ordinal) : endpoint.AsSpan().Count(':') == 1;
}
