namespace QContinuum;

/// <summary>
/// Makes a partial, positional record struct the header of a protocol: its parameters are the fields on the wire, in order and without
/// padding, and what frames, reads and writes it is generated.
/// </summary>
/// <param name="byteOrder">The byte order of the fields, and of the messages bound to this header, unless they say their own.</param>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class HeaderAttribute(ByteOrder byteOrder) : Attribute
{
    /// <summary>The byte order of the fields, and of the messages bound to this header, unless they say their own.</summary>
    public ByteOrder ByteOrder { get; } = byteOrder;

    /// <summary>Where the first of several <see cref="BitsAttribute"/> fields stands in the bytes that they share.</summary>
    public BitOrder BitOrder { get; init; }

    /// <summary>
    /// The longest frame, in bytes, header and trailer included; 0, the default, for no limit of the protocol's own. A header that claims more
    /// closes its peer before a byte is kept for it. <see cref="PeerOptions.MaxMessageSize"/> holds as well.
    /// </summary>
    public int MaxFrame { get; init; }
}
