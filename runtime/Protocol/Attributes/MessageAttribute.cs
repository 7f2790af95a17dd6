namespace QContinuum;

/// <summary>
/// Makes a type a message of the default header (<see cref="MessageHeader"/>): its reader, its writer and its frame are generated.
/// </summary>
/// <remarks>
/// Three kinds of type may carry it. A struct of fixed-size fields has a fixed layout: its fields in the order in which they are declared,
/// without padding, little-endian. A <c>ref struct</c> whose last field is a <see cref="TailAttribute"/> span has a fixed part and then
/// whatever the frame holds beyond it, read in place. A type with <c>[MessagePackObject]</c> has a MessagePack body.
/// </remarks>
/// <param name="id">The id that stands in the header, from <see cref="int.MinValue"/> to <see cref="int.MaxValue"/>; unique among the messages of a header.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute(long id) : Attribute
{
    /// <summary>The id that stands in the header.</summary>
    public long Id { get; } = id;
}
