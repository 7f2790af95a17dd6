using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Transports;

/// <summary>However many want it at once: between the look at a file and what is done about it nobody else may come.</summary>
public sealed class A_path_has_one_server : IDisposable
{
    private const int Rounds = 300;
    private const int Servers = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("qcontinuum").FullName;

    private string SocketPath => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Though_several_start_at_once(bool isStale)
    {
        for (int round = 0; round < Rounds; round++)
        {
            if (isStale)
            {
                LeaveBehind();
            }

            using Barrier all = new(Servers);
            UnixListener?[] listeners = await Task.WhenAll(Enumerable.Range(0, Servers).Select(_ => OwnThread.RunAsync(() =>
            {
                all.SignalAndWait();
                return TryListen();
            }))).Guarded();

            UnixListener winner = Assert.Single(listeners.OfType<UnixListener>());
            Assert.Equal(SocketError.Success, Connect());
            await ((IListener)winner).StopAsync().Guarded();

            Assert.False(File.Exists(SocketPath));
        }
    }

    /// <summary>Who stops takes away its own file, and not that of the next.</summary>
    [Fact]
    public async Task Though_one_stops_while_another_starts()
    {
        UnixListener last = TryListen()!;
        for (int round = 0; round < Rounds; round++)
        {
            using Barrier both = new(2);
            Task<bool> stopped = OwnThread.RunAsync(() =>
            {
                both.SignalAndWait();
                return ((IListener)last).StopAsync().Wait(Guard.Patience);
            });
            last = await OwnThread.RunAsync(() =>
            {
                both.SignalAndWait();
                UnixListener? next = null;
                SpinWait.SpinUntil(() => (next = TryListen()) is not null, Guard.Patience);
                return next!;
            }).Guarded();

            Assert.True(await stopped.Guarded());
            Assert.Equal(SocketError.Success, Connect());
        }

        await ((IListener)last).StopAsync().Guarded();
    }

    /// <summary>Null where another has the path.</summary>
    private UnixListener? TryListen()
    {
        try
        {
            return new UnixListener(SocketPath);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            Assert.EndsWith("another server listens there. Stop it first, or choose another path.", exception.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private SocketError Connect()
    {
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    /// <summary>The file of a server that was killed.</summary>
    private void LeaveBehind()
    {
        using Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
        string kept = SocketPath + ".kept";
        File.Move(SocketPath, kept);
        dead.Dispose();
        File.Move(kept, SocketPath);
    }
}
