using System.Reflection;
using Xunit.Sdk;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Runs a test of what a loop asks of the operating system once for each poller that works on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachPollerAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => PollerUnderTest.Names.Select(static name => new object[] { name });
}
