using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct WideHeader([Length(CountsFrom = 0, Scale = 4, CountsTrailer = true)] ulong Length, [MessageId] uint Kind, [Trailer] uint End);

[Message<WideHeader>(1)]
internal readonly ref partial struct Wide
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

[Processor<WideHeader>(Threading.Queued)]
internal sealed partial class QueuedWide
{
    [Handles]
    private static void On(Peer peer, Wide message) => peer.Send(message);
}

[Processor<WideHeader>(Threading.Inline)]
internal sealed partial class InlineWide
{
    [Handles]
    private static void On(Peer peer, Wide message) => peer.Send(message);
}

public sealed class A_length_never_overflows
{
    private static readonly (string Length, string Reason)[] Cases =
    [
        ("FFFFFFFFFFFFFFFF", "TooLong"),
        ("7FFFFFFFFFFFFFFF", "TooLong"),
        ("8000000000000000", "TooLong"),
        ("4000000000000000", "TooLong"), // times four it is zero
        ("4000000000000005", "TooLong"), // and this is 20
        ("0000000040000005", "TooLong"), // and this is 20 in 32 bits
        ("0000000100000005", "TooLong"),
        ("0000000020000000", "TooLong"),
        ("0000000000040005", "TooLong"), // a word more than a mebibyte
        ("0000000000000003", "BadHeader"), // less than header and trailer
        ("0000000000000000", "BadHeader"),
    ];

    public static TheoryData<string, string, Threading> Each()
    {
        var each = new TheoryData<string, string, Threading>();
        foreach ((string length, string reason) in Cases)
        {
            each.Add(length, reason, Threading.Queued);
            each.Add(length, reason, Threading.Inline);
        }

        return each;
    }

    /// <summary>Only the header is sent: whoever takes the claim for something smaller waits for ever, or reads what is not there.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task Whatever_it_claims(string length, string reason, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(Make(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Convert.FromHexString(length + "00000001"));
        Assert.Empty(await client.EndedAsync());
        Assert.Contains($"closed, {reason}", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Theory, EachLine]
    public async Task And_what_fits_is_taken(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, Make(threading));
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Convert.FromHexString("0000000000000004" + "00000001" + "00000000"));
        await client.ExpectEchoAsync(Convert.FromHexString("0000000000000005" + "00000001" + "01020304" + "00000000"));
        byte[] longest = [.. Convert.FromHexString("0000000000040004" + "00000001"), .. Frames.Pattern(1024 * 1024, seed: 7), 0, 0, 0, 0];
        await client.SendAsync(longest);
        byte[] echo = await client.ReceiveAsync(longest.Length);
        Assert.True(echo.AsSpan().SequenceEqual(longest));
    }

    private static Processor Make(Threading threading) => threading == Threading.Queued ? new QueuedWide() : new InlineWide();
}
