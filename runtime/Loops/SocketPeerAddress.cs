using System.Net;
using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>The address of the other side, as the kernel tells it, decoded only when somebody asks.</summary>
/// <param name="First">Its first eight bytes, as they lie in memory; of version 4 the lower half is all there is.</param>
/// <param name="Last">Its last eight bytes. Two numbers, since no image that is compiled beforehand contains what takes a <see cref="UInt128"/>.</param>
/// <param name="Port">The port.</param>
/// <param name="IsVersion6">Whether the socket is one of version 6.</param>
/// <param name="Scope">Of a local address of version 6, its network.</param>
internal readonly record struct SocketPeerAddress(ulong First, ulong Last, ushort Port, bool IsVersion6, uint Scope)
{
    /// <summary>The bytes of the address that say ::ffff:a.b.c.d, as a number.</summary>
    private const uint MappedPrefix = 0xFFFF0000;

    /// <summary>One of version 4, whose first byte is the first in memory.</summary>
    internal static SocketPeerAddress OfVersion4(uint address, ushort port) => new(address, 0, port, IsVersion6: false, Scope: 0);

    /// <summary>One of version 6: 16 bytes.</summary>
    internal static SocketPeerAddress OfVersion6(ReadOnlySpan<byte> bytes, ushort port, uint scope)
        => new(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]), port, IsVersion6: true, scope);

    internal IPEndPoint ToEndPoint()
    {
        if (TryGetVersion4(out uint version4))
        {
            return new IPEndPoint(version4, Port);
        }

        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        MemoryMarshal.Write(bytes, First);
        MemoryMarshal.Write(bytes[sizeof(ulong)..], Last);
        return new IPEndPoint(new IPAddress(bytes, Scope), Port);
    }

    /// <summary>The address as one of version 4, which may have come through a socket of version 6, as ::ffff:a.b.c.d. Its first byte is the first in memory.</summary>
    internal bool TryGetVersion4(out uint address)
    {
        if (!IsVersion6)
        {
            address = (uint)First;
            return true;
        }

        Span<byte> last = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(last, Last);
        address = MemoryMarshal.Read<uint>(last[sizeof(uint)..]);
        return First == 0 && MemoryMarshal.Read<uint>(last) == MappedPrefix;
    }
}
