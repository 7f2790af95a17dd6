using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>A connection whose other side has said so much before it begins, in runs of so many bytes: it is read whenever it is to be.</summary>
internal sealed class TalkingConnection(EventLoop loop, IConnectionOwner owner, PeerOptions options, int runs, int length)
    : SilentConnection(loop, owner, options)
{
    private bool _isWatched;

    /// <summary>Runs that are not read yet.</summary>
    internal int Left { get; private set; } = runs;

    protected override void Start()
    {
        Loop.Add(this);
        Loop.CountConnection(1);
        Open(Readiness.None);
    }

    protected override int Receive(Block block, int most)
    {
        Left--;
        return length;
    }

    /// <summary>What is there is read later, as a kernel tells of it, so that nothing looks at the connection once more behind the last read.</summary>
    protected override void Watch(Readiness interest)
    {
        _isWatched = (interest & Readiness.Readable) != 0;
        if (_isWatched && Left > 0)
        {
            Loop.Post(static connection => ((TalkingConnection)connection!).Talk(), this);
        }
    }

    private void Talk()
    {
        while (State == ConnectionState.Open && _isWatched && Left > 0)
        {
            OnReady(Readiness.Readable);
        }
    }
}
