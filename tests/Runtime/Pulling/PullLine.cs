using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>Both ends of a connection to a server whose peers are read by hand.</summary>
internal static class PullLine
{
    public static async Task<(RawClient Client, Peer Peer)> ConnectAsync(TestServer server)
    {
        Task<Peer> accepting = server.Server.AcceptAsync();
        RawClient client = await server.ConnectAsync();
        return (client, await accepting.Guarded());
    }
}
