namespace QContinuum;

/// <summary>The order of the bytes of a number on the wire.</summary>
public enum ByteOrder
{
    /// <summary>The least significant byte first.</summary>
    LittleEndian,

    /// <summary>The most significant byte first: the network byte order of RFC 1700.</summary>
    BigEndian,
}
