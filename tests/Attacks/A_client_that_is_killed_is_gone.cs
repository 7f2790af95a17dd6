using System.Diagnostics;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class A_client_that_is_killed_is_gone
{
    private const int Processes = 3;
    private const long Load = 4 * 1024 * 1024;

    /// <summary>Zeros are messages without a body, as fast as they can be written; half of the clients read the answers.</summary>
    [Theory, EachServer("cat <&3 >/dev/null & exec cat /dev/zero >&3", "exec cat /dev/zero >&3")]
    public async Task In_the_midst_of_its_load(string server, string load)
    {
        long written = load.Contains("<&3", StringComparison.Ordinal) ? Load : 1;
        await using Siege siege = await Siege.BeginAsync(server);
        await siege.EndureAsync(async () =>
        {
            using Client other = await siege.ConnectAsync();
            Process[] clients = [.. Enumerable.Range(0, Processes).Select(_ => Start($"exec 3<>/dev/tcp/127.0.0.1/{siege.Port}; {load}"))];
            foreach (Process client in clients)
            {
                using (client)
                {
                    Vitals vitals = new(client.Id);
                    await Guard.UntilAsync(() => vitals.WrittenBytes >= written, other.ExchangeAsync, static () => "the client does not write");
                    client.Kill(entireProcessTree: true);
                    await client.WaitForExitAsync().Guarded();
                }
            }
        });

        await siege.EndAsync();
    }

    private static Process Start(string script) => Process.Start("/bin/bash", ["-c", $"exec 2>/dev/null; {script}"]);
}
