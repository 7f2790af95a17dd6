namespace QContinuum.Runtime.Tests.Support;

/// <summary>A fact that asks the C headers of the machine, and is skipped where it has no compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsHeadersAttribute : FactAttribute
{
    public NeedsHeadersAttribute() => Skip = CHeaders.AreThere ? null : "There is no C compiler (cc) here, which would tell what the headers say.";
}
