using QContinuum;

namespace Modbus;

/// <summary>
/// The MBAP header and the function code behind it (MODBUS Messaging on TCP/IP, 3.1.3). The length counts unit, function and data; a function with
/// its high bit set is an exception; a reply carries the transaction and the unit of its request.
/// </summary>
[Header(ByteOrder.BigEndian, MaxFrame = 260)]
public readonly partial record struct ModbusHeader(
    [Correlation] ushort Transaction,
    [Constant(0)] ushort Protocol,
    [Length(CountsFrom = 6)] ushort Length,
    [Copied] byte Unit,
    [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function);
