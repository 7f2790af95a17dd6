namespace QContinuum;

/// <summary>How a checksum is computed.</summary>
public enum ChecksumAlgorithm
{
    /// <summary>CRC-32C (Castagnoli), 4 bytes: iSCSI (RFC 3720), SCTP, ext4. Check value of "123456789": 0xE3069283.</summary>
    Crc32C,

    /// <summary>CRC-32 (IEEE 802.3), 4 bytes: Ethernet, gzip, PNG. Check value of "123456789": 0xCBF43926.</summary>
    Crc32,

    /// <summary>CRC-16/MODBUS, 2 bytes: polynomial 0x8005, reflected, initial value 0xFFFF. Check value of "123456789": 0x4B37.</summary>
    Crc16Modbus,

    /// <summary>All bytes combined by exclusive or, 1 byte.</summary>
    Xor,

    /// <summary>The sum of all bytes, modulo what the field holds (1, 2, 4 or 8 bytes): IEC 60870-5 and M-Bus with 1.</summary>
    Sum,
}
