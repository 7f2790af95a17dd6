using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There what was left of a read moved to the front after every header and every message: twice as many cost four times as much.</summary>
public sealed class What_arrives_together_is_handled_where_it_lies
{
    [Theory, EachLine]
    public async Task One_message_behind_the_other(Transport transport, Threading threading)
    {
        const int Messages = 1_000;
        byte[] frame = Frames.Raw(Frames.Pattern(20, seed: 1));
        Journal<nint> places = new();
        Script script = new()
        {
            OnRaw = (_, raw) => places.Add(Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(raw.Data))),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Repeat(frame, Messages)));

        // Where one read ends another begins elsewhere; within a read nothing moves.
        nint[] all = await places.NextAsync(Messages);
        Assert.InRange(all.Zip(all.Skip(1)).Count(pair => pair.Second - pair.First == frame.Length), Messages / 2, Messages - 1);
    }
}
