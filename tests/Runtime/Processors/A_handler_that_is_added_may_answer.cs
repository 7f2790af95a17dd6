using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

[Processor<WideHeader>(Threading.Queued)]
internal sealed partial class QueuedAnswerer;

[Processor<WideHeader>(Threading.Inline)]
internal sealed partial class InlineAnswerer;

/// <summary>A plugin that is loaded while the processor runs answers as declared handlers do.</summary>
public sealed class A_handler_that_is_added_may_answer
{
    [Theory, EachLine]
    public async Task With_the_header_that_it_was_asked_with(Transport transport, Threading threading)
    {
        Processor answerer = threading == Threading.Queued ? new QueuedAnswerer() : new InlineAnswerer();
        await using TestServer server = await TestServer.StartAsync(transport, answerer);
        await using Peer peer = await server.ConnectPeerAsync(new InlineAnswerer());
        using IDisposable handler = answerer.Handle<WideHeader, WideAsk>(
            static (peer, in header, in ask) => peer.Reply(in header, new WideReply(new byte[ask.Number])));

        using Owned<WideReply> reply = await peer.RequestAsync(new WideAsk(7)).AsTask().Guarded();

        Assert.Equal(7, reply.Value.Data.Length);
    }

    /// <summary>With its header or without, there is one.</summary>
    [Fact]
    public void What_has_a_handler_gets_no_second()
    {
        var answerer = new QueuedAnswerer();
        IDisposable first = answerer.Handle<WideAsk>(static (peer, in ask) => { });

        Assert.Throws<InvalidOperationException>(() => answerer.Handle<WideHeader, WideAsk>(static (peer, in header, in ask) => { }));
        Assert.Throws<ArgumentException>(() => answerer.Handle<DeviceHeader, Requests.Ask>(static (peer, in header, in ask) => { }));
        Assert.Throws<ArgumentNullException>(() => answerer.Handle<WideHeader, WideAsk>(null!));

        first.Dispose();
        answerer.Handle<WideHeader, WideAsk>(static (peer, in header, in ask) => { }).Dispose();
    }
}
