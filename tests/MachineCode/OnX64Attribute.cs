using System.Runtime.InteropServices;

namespace QContinuum.MachineCode.Tests;

/// <summary>A theory about instructions of x64.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnX64Attribute : TheoryAttribute
{
    public OnX64Attribute()
        => Skip = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? null : "What is counted here are instructions of x64, and this is another processor.";
}
