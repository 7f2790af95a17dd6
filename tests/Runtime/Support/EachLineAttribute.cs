using System.Reflection;
using QContinuum.Runtime.Tests.Support.Transports;
using Xunit.Sdk;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Runs a behaviour once for each <see cref="Transport"/> and each <see cref="Threading"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachLineAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from transport in EachTransportAttribute.TransportsHere
           from threading in new[] { Threading.Queued, Threading.Inline }
           select new object[] { transport, threading };
}
