using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class Settings_of_a_peer_are_checked
{
    /// <summary>Whoever sends is told that it should slow down before it is told that it is too late.</summary>
    [Fact]
    public void There_is_something_between_the_watermark_and_the_limit()
    {
        PeerOptions equal = new() { HighWatermark = 64 * 1024, SendLimit = 64 * 1024 };
        PeerOptions turned = new() { HighWatermark = 64 * 1024, SendLimit = 64 * 1024 - 1 };
        foreach (PeerOptions options in (PeerOptions[])[equal, turned])
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => Make(options));
            Assert.Contains($"HighWatermark (65536) < SendLimit ({options.SendLimit})", refused.Message, StringComparison.Ordinal);
        }

        Make(equal with { SendLimit = 64 * 1024 + 1 });
    }

    [Fact]
    public void The_watermarks_may_be_one()
    {
        Make(new PeerOptions { LowWatermark = 1024, HighWatermark = 1024 });
        Assert.Throws<ArgumentException>(() => Make(new PeerOptions { LowWatermark = 1025, HighWatermark = 1024 }));
    }

    /// <summary>What a held lane keeps is one array.</summary>
    [Fact]
    public void A_watermark_fits_into_an_array()
    {
        Make(new PeerOptions { HighWatermark = 1 << 30, SendLimit = int.MaxValue });
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerOptions { HighWatermark = (1 << 30) + 1 });
        Assert.Contains("at most 1073741824", refused.Message, StringComparison.Ordinal);
    }

    private static PeerServer Make(PeerOptions options) => new(new Script().Run(Threading.Inline), new PeerServerOptions { Loops = 1, Peers = options });
}
