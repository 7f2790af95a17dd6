using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There it doubled nothing for ever.</summary>
public sealed class An_empty_buffer_grows
{
    [Fact]
    public void To_what_is_asked_of_it() => OwnThread.Run(static () =>
    {
        PartialFrame frame = default;
        frame.Append([], BlockPool.OfThread);
        Assert.True(frame.IsEmpty);

        frame.Append([1], BlockPool.OfThread);
        frame.Append(new byte[100_000], BlockPool.OfThread);

        Assert.Equal(100_001, frame.Length);
        frame.Clear();
        Assert.Equal(0, BlockPool.OfThread.Outstanding);
    });
}
