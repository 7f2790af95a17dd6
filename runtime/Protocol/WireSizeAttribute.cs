using System.ComponentModel;

namespace QContinuum.Protocol;

/// <summary>What the generator found a type with <see cref="WireStructAttribute"/> to take, for messages of other assemblies, which may not see all its members.</summary>
/// <param name="size">Bytes on the wire.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class WireSizeAttribute(int size) : Attribute
{
    /// <summary>Bytes on the wire.</summary>
    public int Size { get; } = size;
}
