namespace QContinuum.Runtime.Tests.Support;

/// <summary>A fact about what only Linux has, or what is made of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnLinuxAttribute : FactAttribute
{
    public OnLinuxAttribute() => Skip = OperatingSystem.IsLinux() ? null : "This is not Linux.";
}
