using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class Settings_of_a_client_are_checked
{
    [Fact]
    public void Each_by_itself()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { FirstDelay = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { FirstDelay = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { LongestDelay = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { ProvedAfter = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { ConnectTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerClientOptions { MaxAttempts = 0 });
        Assert.Throws<ArgumentNullException>(() => new PeerClientOptions { Jitter = null! });
        Assert.Equal(Timeout.InfiniteTimeSpan, new PeerClientOptions { ConnectTimeout = Timeout.InfiniteTimeSpan }.ConnectTimeout);
    }

    [Fact]
    public void And_together()
    {
        var options = new PeerClientOptions { FirstDelay = TimeSpan.FromSeconds(31) };
        Assert.Throws<ArgumentException>(() => PeerClient.Tcp("127.0.0.1:1", new Script().Run(Threading.Inline), options));
        Assert.Throws<ArgumentException>(() => PeerClient.Unix("/", new Script().Run(Threading.Inline), options));
        Assert.Throws<ArgumentException>(() => new PeerClient(static _ => Task.FromResult<Peer>(null!), options));
    }
}
