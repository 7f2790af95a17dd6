using System.Runtime.CompilerServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>
/// Runs every test over another poller than the machine's best: <c>QCONTINUUM_POLLER=portable dotnet test tests/Runtime</c>. The names are those of
/// <see cref="PollerKind"/>, and of the <see cref="Machines"/> that are simulated.
/// </summary>
internal static class PollerOfAllTests
{
#pragma warning disable CA2255 // Nothing else runs before the first loop is made.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void PutIn()
    {
        if (Environment.GetEnvironmentVariable("QCONTINUUM_POLLER") is { Length: > 0 } name)
        {
            Pollers.Default = name switch
            {
                Machines.MacOS => KqueuePollers.MacOS,
                Machines.FreeBSD => KqueuePollers.FreeBSD,
                _ => Pollers.Of(Enum.Parse<PollerKind>(name, ignoreCase: true)),
            };
        }
    }
}
