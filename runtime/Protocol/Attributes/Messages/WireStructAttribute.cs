namespace QContinuum;

/// <summary>
/// Makes a partial struct of fixed-size members a part of messages: it may be the type of a member. Its bytes are those of its members, in
/// order and without padding, in the byte order of the message around it unless it says its own.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class WireStructAttribute : Attribute;
