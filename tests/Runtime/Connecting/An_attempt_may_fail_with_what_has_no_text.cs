using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class An_attempt_may_fail_with_what_has_no_text
{
    [Fact]
    public async Task And_is_made_again()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(
            attempt: static (client, token) => client.IsLetIn ? client.AttemptAsync(token) : throw new Mute());
        Task<Peer> connecting = timed.Client.StartAsync();
        PeerClientChange failure = await timed.ExpectFailureAsync();

        Assert.IsType<Mute>(failure.Error);
        Assert.Contains(nameof(Mute), await timed.Log.NextAsync(), StringComparison.Ordinal);
        timed.IsLetIn = true;
        timed.Clock.Advance(failure.Delay);
        await connecting.Guarded();
    }
}
