using System.Reflection;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Transports;
using Xunit.Sdk;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Runs a behaviour once for each <see cref="Transport"/>, and, where it is given values, for each of these: what has no threads of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachTransportAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from transport in TransportsHere
           from value in values.Length == 0 ? [[]] : values.Select(static value => new[] { value })
           select new object[] { transport }.Concat(value).ToArray();

    /// <summary>Where all tests run over another poller than Linux's own, all of TCP does.</summary>
    internal static IEnumerable<Transport> TransportsHere
        => Enum.GetValues<Transport>().Where(static transport => transport != Transport.TcpOnKqueue || (OperatingSystem.IsLinux() && Pollers.Default == Pollers.Epoll));
}
