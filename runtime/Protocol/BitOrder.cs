namespace QContinuum;

/// <summary>Where the first of several <see cref="BitsAttribute"/> fields stands in the bytes that they share.</summary>
public enum BitOrder
{
    /// <summary>At the most significant bit where the byte order is big-endian, at the least significant one where it is little-endian.</summary>
    OfByteOrder,

    /// <summary>At the most significant bit, as the pictures of RFCs draw it.</summary>
    MostSignificantFirst,

    /// <summary>At the least significant bit, as most C compilers lay out bit fields.</summary>
    LeastSignificantFirst,
}
