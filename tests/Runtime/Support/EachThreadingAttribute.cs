using System.Reflection;
using Xunit.Sdk;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Runs a behaviour once for each <see cref="Threading"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachThreadingAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Threading.Queued], [Threading.Inline]];
}
