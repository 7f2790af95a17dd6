using System.Net;
using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>A theory about version 6 of IP, which not every machine has: containers often do without.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsVersion6Attribute : TheoryAttribute
{
    private static readonly string? Missing = Look();

    public NeedsVersion6Attribute() => Skip = Missing;

    private static string? Look()
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return null;
        }
        catch (SocketException exception)
        {
            return $"This machine has no ::1 ({exception.SocketErrorCode}).";
        }
    }
}
