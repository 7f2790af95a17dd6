using System.Reflection;
using Xunit.Sdk;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>
/// Runs an attack against each server that answers messages with themselves: the Echo of the samples, and those of tests/Victim, which answer after they have awaited
/// something, by reading peers by hand, and behind a redirect. Values, where there are some, come with each.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachServerAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from server in new[] { Siege.Echo, "awaiting", "reading", "redirecting" }
           from value in values.Length == 0 ? [[]] : values.Select(static value => new[] { value })
           select new object[] { server }.Concat(value).ToArray();
}
