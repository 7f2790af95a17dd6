using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using QContinuum.Benchmarks.Kestrel;

// The same echo on Kestrel, as fast as it can be set: no logging, no HTTP, continuations on the thread that has the event.
// The runner sets DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 for it, too: without it every read goes through the thread pool.
WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
    kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseConnectionHandler<EchoHandler>()));
builder.Services.Configure<SocketTransportOptions>(static sockets =>
{
    sockets.UnsafePreferInlineScheduling = true;
    sockets.NoDelay = true;
    sockets.Backlog = 4096;
});

await using WebApplication application = builder.Build();
await application.StartAsync();
string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
Console.WriteLine($"listening on {address[(address.LastIndexOf('/') + 1)..]}");
await Task.Delay(Timeout.Infinite);
