using System.Net;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>
/// Where a peer is: eight bytes for an IPv4 address, whichever socket it came through, and a reference for everything else. What users are told is made when the first
/// asks. Any thread.
/// </summary>
internal struct PeerAddress
{
    private const int PortShift = 32;

    /// <summary>Port and address, of an accepted peer of IPv4.</summary>
    private readonly ulong _version4;

    /// <summary>An <see cref="EndPoint"/>, or the <see cref="Version6"/> of an accepted peer; null until it is asked for.</summary>
    private object? _other;

    /// <summary>One that is known by an endpoint: a server, or a listener whose clients have no address.</summary>
    internal PeerAddress(EndPoint endpoint) => _other = endpoint;

    /// <summary>One that was accepted.</summary>
    internal PeerAddress(in SocketPeerAddress address)
    {
        if (address.TryGetVersion4(out uint version4))
        {
            _version4 = ((ulong)address.Port << PortShift) | version4;
        }
        else
        {
            _other = new Version6(address);
        }
    }

    /// <summary>As the kernel says it; of what was not accepted, an address that nobody has.</summary>
    internal readonly SocketPeerAddress Raw
        => _other is Version6 other
            ? other.Address
            : SocketPeerAddress.OfVersion4((uint)_version4, (ushort)(_version4 >> PortShift));

    internal EndPoint EndPoint
    {
        get
        {
            switch (_other)
            {
                case EndPoint known:
                    return known;
                case Version6 other:
                    return other.EndPoint;
                default:
                    EndPoint made = Raw.ToEndPoint();
                    return (EndPoint?)Interlocked.CompareExchange(ref _other, made, null) ?? made;
            }
        }
    }

    private sealed class Version6(in SocketPeerAddress address)
    {
        private EndPoint? _endpoint;

        internal SocketPeerAddress Address { get; } = address;

        internal EndPoint EndPoint => _endpoint ??= Address.ToEndPoint();
    }
}
