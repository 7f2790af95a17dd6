using System.Diagnostics;
using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>How many connections each address has. An address is here only while it has one, so that memory is bounded by the connections. Any thread.</summary>
internal sealed class AddressCounts(int most)
{
    private readonly Dictionary<Key, int> _counts = [];
    private readonly Lock _gate = new();

    /// <summary>Counts one more, unless the address has as many as it may.</summary>
    internal bool TryEnter(in SocketPeerAddress address)
    {
        lock (_gate)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, KeyOf(in address), out _);
            if (count >= most)
            {
                return false;
            }

            count++;
            return true;
        }
    }

    /// <summary>Counts one less. An address that was never counted has none: of a unix domain socket, for instance.</summary>
    internal void Leave(in SocketPeerAddress address)
    {
        Key key = KeyOf(in address);
        lock (_gate)
        {
            if (!_counts.TryGetValue(key, out int count))
            {
                return;
            }

            Debug.Assert(count > 0, "an address is here while it has a connection");
            if (count == 1)
            {
                _counts.Remove(key);
            }
            else
            {
                _counts[key] = count - 1;
            }
        }
    }

    /// <summary>What one customer has of IPv6 addresses: those with the same first 64 bits.</summary>
    private static Key KeyOf(in SocketPeerAddress address)
        => address.TryGetVersion4(out uint version4) ? new Key(version4, IsVersion6: false) : new Key(address.First, IsVersion6: true);

    private readonly record struct Key(ulong Prefix, bool IsVersion6);
}
