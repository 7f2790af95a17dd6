using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A fixed layout, of which a property does something else meanwhile.</summary>
[Message(61)]
public readonly partial record struct Sly(int Number, int Other)
{
    [ThreadStatic]
    private static Action? t_meanwhile;

    public int Number
    {
        get
        {
            Action? meanwhile = t_meanwhile;
            t_meanwhile = null;
            meanwhile?.Invoke();
            return field;
        }
    } = Number;

    public static void Meanwhile(Action action) => t_meanwhile = action;
}

/// <summary>Whatever it does, frames stay whole, and nothing is sent that nobody wrote.</summary>
public sealed class What_writes_a_fixed_layout_may_send_another
{
    private static readonly byte[] First = Frames.Move(1, 2, 3);
    private static readonly byte[] Nested = Frames.Move(9, 9, 9);
    private static readonly byte[] Outer = Frames.Of(61, 7, 0, 0, 0, 8, 0, 0, 0);

    /// <summary>Behind it, where the lane has sent something before in this turn; otherwise that is refused, and the message with it.</summary>
    [Theory]
    [InlineData(Threading.Queued, true)]
    [InlineData(Threading.Queued, false)]
    [InlineData(Threading.Inline, true)]
    [InlineData(Threading.Inline, false)]
    public async Task On_its_lane(Threading threading, bool isBehind)
    {
        byte[] all = await SendWithinAsync(threading, isBehind, peer => peer.Send(new Move(9, 9, 9)));

        Assert.Equal(isBehind ? Frames.Join(First, Outer, Nested, First) : First, all);
    }

    /// <summary>It is as if it had not been.</summary>
    [Theory]
    [InlineData(Threading.Queued, true)]
    [InlineData(Threading.Queued, false)]
    [InlineData(Threading.Inline, true)]
    [InlineData(Threading.Inline, false)]
    public async Task Or_throw(Threading threading, bool isBehind)
    {
        byte[] all = await SendWithinAsync(threading, isBehind, static _ => throw new InvalidOperationException("there is no number"));

        Assert.Equal(isBehind ? Frames.Join(First, First) : First, all);
    }

    [Theory]
    [InlineData(Threading.Queued)]
    [InlineData(Threading.Inline)]
    public async Task Or_send_and_throw(Threading threading)
    {
        byte[] all = await SendWithinAsync(threading, isBehind: true, static peer =>
        {
            peer.Send(new Move(9, 9, 9));
            throw new InvalidOperationException("there is no number");
        });

        Assert.Equal(Frames.Join(First, Nested, First), all);
    }

    /// <summary>What waits for room within it does not hand over what is not complete.</summary>
    [Theory]
    [InlineData(Threading.Queued)]
    [InlineData(Threading.Inline)]
    public async Task Or_wait_for_room(Threading threading)
    {
        byte[] all = await SendWithinAsync(threading, isBehind: true, static peer => _ = peer.WaitForRoomAsync().AsTask());

        Assert.Equal(Frames.Join(First, Outer, First), all);
    }

    /// <summary>What it has sent itself is handed over then: it goes first, since the other is not complete. And that may be much, or be all there is.</summary>
    [Theory]
    [InlineData(Threading.Queued, false)]
    [InlineData(Threading.Inline, false)]
    [InlineData(Threading.Queued, true)]
    [InlineData(Threading.Inline, true)]
    public async Task Or_send_and_wait_for_room(Threading threading, bool throws)
    {
        byte[] data = Frames.Pattern(70_000, seed: 2);
        byte[] all = await SendWithinAsync(threading, isBehind: true, peer =>
        {
            for (int i = 0; i < 2; i++)
            {
                peer.Send(new Move(9, 9, 9));
                _ = peer.WaitForRoomAsync().AsTask();
                peer.Send(new Blob(1, data));
            }

            if (throws)
            {
                throw new InvalidOperationException("there is no number");
            }
        });

        byte[] much = Frames.Blob(1, data);
        Assert.Equal(Frames.Join(First, Nested, much, Nested, throws ? [] : Outer, much, First), all);
    }

    /// <summary>On another thread it goes first, since the other is not complete.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_another_thread(bool isSame)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Queued));
        using RawClient one = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        using RawClient two = await server.ConnectAsync();
        Peer other = await script.Peers.NextAsync();

        SendResult result = await OwnThread.RunAsync(() =>
        {
            Sly.Meanwhile(() => (isSame ? peer : other).Send(new Move(9, 9, 9)));
            return peer.Send(new Sly(7, 8));
        });

        Assert.Equal(SendResult.Sent, result);
        peer.Close();
        other.Close();
        Assert.Equal(isSame ? Frames.Join(Nested, Outer) : Outer, await one.ReceiveToEndAsync());
        Assert.Equal(isSame ? [] : Nested, await two.ReceiveToEndAsync());
    }

    /// <summary>Sends a message, if the other is to be behind one; that one; and a message again. The blocks have held something else before.</summary>
    private static async Task<byte[]> SendWithinAsync(Threading threading, bool isBehind, Action<Peer> meanwhile)
    {
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                if (isBehind)
                {
                    peer.Send(move);
                }

                Sly.Meanwhile(() => meanwhile(peer));
                try
                {
                    peer.Send(new Sly(7, 8));
                }
                catch (InvalidOperationException)
                {
                    // Refused, or what it does itself.
                }

                peer.Send(move);
            },
        };
        await using TestServer server = await TestServer.StartAsync(script.Run(threading));
        using RawClient other = await server.ConnectAsync();
        for (int i = 0; i < 50; i++)
        {
            await other.ExpectEchoAsync(Frames.Raw([.. Enumerable.Repeat((byte)0xEE, 900)]));
        }

        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(First);
        client.FinishSending();
        return await client.ReceiveToEndAsync();
    }
}
