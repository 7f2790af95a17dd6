using QContinuum.Runtime.Tests.Replies;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>The default header tells nothing but the id, which a declared handler has.</summary>
[Message(1, IsReply = true)]
public readonly partial record struct Moved(int Entity);

[Message(91)]
public readonly partial record struct Question(int Number);

[Message(91, IsReply = true)]
public readonly partial record struct Answer(int Number);

/// <summary>A flag tells replies, and nothing tells faults: they are replies like others.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct ReplyHeader([Length] ushort Length, [MessageId(Mask = 0x7F), ReplyFlag(Mask = 0x80)] byte Kind);

[Message<ReplyHeader>(1)]
public readonly partial record struct Attempt(byte Number);

[Message<ReplyHeader>(1, IsReply = true)]
public readonly partial record struct Attempted(byte Number);

[Message<ReplyHeader>(1, IsFault = true)]
public readonly partial record struct Failed(byte Number);

[Message<ReplyHeader>(2, IsFault = true)]
public readonly partial record struct Broken(byte Number);

/// <summary>A bit tells faults, and nothing tells replies.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct FaultHeader([Length] ushort Length, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Kind);

[Message<FaultHeader>(1)]
public readonly partial record struct Dial(byte Number);

[Message<FaultHeader>(1, IsReply = true)]
public readonly partial record struct Dialled(byte Number);

[Message<FaultHeader>(1, IsFault = true)]
public readonly partial record struct Engaged(byte Number);

/// <summary>A fault of an id of its own, where both are told.</summary>
[Message<FlagHeader>(5, IsFault = true)]
public readonly partial record struct NotInspected(byte Code);

[Processor<ReplyHeader>]
public sealed partial class WithoutReplies;

[Processor<ReplyHeader>]
public sealed partial class WithFailed
{
    [Handles]
    private static void On(Peer peer, in Failed failed) => peer.Close();
}

[Processor<FaultHeader>]
public sealed partial class WithoutFaults;

[Processor<FaultHeader>]
public sealed partial class WithDialled
{
    [Handles]
    private static void On(Peer peer, in Dialled called) => peer.Close();
}

[Processor<FlagHeader>]
public sealed partial class WithEveryFault
{
    [Handles]
    private static void On(Peer peer, in Fault fault) => peer.Close();
}

public sealed class A_handler_that_would_never_be_called_is_refused
{
    [Fact]
    public void Behind_a_declared_one_from_which_the_header_does_not_tell_it()
    {
        Refused<Moved>(new Script().Run(Threading.Queued));
        Refused<Dial>(new WithDialled());
        Refused<Attempted>(new WithFailed());
        Refused<NotInspected>(new WithEveryFault());
    }

    [Fact]
    public void Behind_an_added_one_from_which_the_header_does_not_tell_it()
    {
        Processor processor = new Script().Run(Threading.Queued);
        IDisposable first = processor.Handle<Question>(static (_, in _) => { });
        Refused<Answer>(processor);
        first.Dispose();
        Accepted<Answer>(processor);
        Refused<Question>(processor);

        processor = new WithoutReplies();
        Accepted<Failed>(processor);
        Refused<Attempted>(processor);

        processor = new WithoutFaults();
        Accepted<Dialled>(processor);
        Refused<Dial>(processor);
    }

    [Fact]
    public void And_no_other()
    {
        Processor processor = new WithDialled();
        Accepted<Engaged>(processor);

        processor = new WithFailed();
        Accepted<Attempt>(processor);
        Accepted<Broken>(processor);

        processor = new WithEveryFault();
        Accepted<Inspect>(processor);
        Accepted<GetLevel>(processor);
        Accepted<Level>(processor);
    }

    /// <summary>Replies among each other are told by their ids, faults or not.</summary>
    [Fact]
    public async Task And_what_the_header_tells_is_called()
    {
        Journal<string> seen = new();
        Processor processor = new WithoutReplies();
        processor.Handle<Attempt>((_, in message) => seen.Add($"{message}"));
        processor.Handle<Attempted>((_, in message) => seen.Add($"{message}"));
        processor.Handle<Broken>((_, in message) => seen.Add($"{message}"));
        await using TestServer server = await TestServer.StartAsync(processor);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Convert.FromHexString("000101" + "07" + "000181" + "08" + "000182" + "09"));

        Assert.Equal([$"{new Attempt(7)}", $"{new Attempted(8)}", $"{new Broken(9)}"], await seen.NextAsync(3));
    }

    [Fact]
    public async Task And_a_fault_is_never_taken_for_what_failed()
    {
        Journal<string> seen = new();
        Processor processor = new WithoutFaults();
        processor.Handle<Dialled>((_, in message) => seen.Add($"{message}"));
        IDisposable fault = processor.Handle<Engaged>((_, in message) => seen.Add($"{message}"));
        await using TestServer server = await TestServer.StartAsync(processor);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Convert.FromHexString("000101" + "07" + "000181" + "08"));
        Assert.Equal([$"{new Dialled(7)}", $"{new Engaged(8)}"], await seen.NextAsync(2));

        fault.Dispose();
        await client.SendAsync(Convert.FromHexString("000181" + "08"));
        Assert.Empty(await client.EndedAsync());
        Assert.Contains("UnknownMessage", await server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, seen.All.Count);
    }

    private static void Refused<TMessage>(Processor processor)
        where TMessage : IMessage<TMessage>
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => processor.Handle<TMessage>(static (_, in _) => { }));
        Assert.Contains("has a handler of", refused.Message, StringComparison.Ordinal);
    }

    private static void Accepted<TMessage>(Processor processor)
        where TMessage : IMessage<TMessage>
        => Assert.NotNull(processor.Handle<TMessage>(static (_, in _) => { }));
}
