namespace QContinuum;

/// <summary>A field that repeats another field of its header. A header whose two fields differ closes its peer (<see cref="CloseReason.BadHeader"/>).</summary>
/// <param name="field">The name of the other field, which stands before it and has the same type.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RepeatsAttribute(string field) : Attribute
{
    /// <summary>The name of the other field.</summary>
    public string Field { get; } = field;
}
