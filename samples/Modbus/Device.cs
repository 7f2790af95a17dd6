using Modbus.Messages;
using QContinuum;

namespace Modbus;

/// <summary>A device of 100 coils and 100 holding registers. Queued: its handlers never run at once, so that its state needs no lock.</summary>
[Processor<ModbusHeader>]
public sealed partial class Device
{
    private const int Points = 100;

    private readonly bool[] _coils = new bool[Points];
    private readonly ushort[] _registers = new ushort[Points];

    [Handles]
    private void On(Peer peer, in ModbusHeader header, in ReadCoils request)
    {
        if (!Accepts(peer, in header, request.Address, request.Count, ReadCoils.MaxCount))
        {
            return;
        }

        Span<byte> values = stackalloc byte[PackedBits.BytesFor(request.Count)];
        PackedBits.Pack(_coils.AsSpan(request.Address, request.Count), values);
        peer.Reply(in header, new Coils(values));
    }

    [Handles]
    private void On(Peer peer, in ModbusHeader header, in ReadRegisters request)
    {
        if (Accepts(peer, in header, request.Address, request.Count, ReadRegisters.MaxCount))
        {
            peer.Reply(in header, new Registers(_registers.AsSpan(request.Address, request.Count)));
        }
    }

    [Handles]
    private void On(Peer peer, in ModbusHeader header, in WriteCoil request)
    {
        if (Accepts(peer, in header, request.Address, 1, 1, isWellFormed: request.Value is Switch.On or Switch.Off))
        {
            _coils[request.Address] = request.Value == Switch.On;
            peer.Reply(in header, new CoilWritten(request.Address, request.Value));
        }
    }

    [Handles]
    private void On(Peer peer, in ModbusHeader header, in WriteRegister request)
    {
        if (Accepts(peer, in header, request.Address, 1, 1))
        {
            _registers[request.Address] = request.Value;
            peer.Reply(in header, new RegisterWritten(request.Address, request.Value));
        }
    }

    [Handles]
    private void On(Peer peer, in ModbusHeader header, WriteCoils request)
    {
        bool isWellFormed = request.Bytes == PackedBits.BytesFor(request.Count);
        if (Accepts(peer, in header, request.Address, request.Count, WriteCoils.MaxCount, isWellFormed))
        {
            new PackedBits(request.Values, request.Count).CopyTo(_coils.AsSpan(request.Address));
            peer.Reply(in header, new CoilsWritten(request.Address, request.Count));
        }
    }

    [Handles]
    private void On(Peer peer, in ModbusHeader header, WriteRegisters request)
    {
        bool isWellFormed = request.Values.Length == request.Count;
        if (Accepts(peer, in header, request.Address, request.Count, WriteRegisters.MaxCount, isWellFormed))
        {
            request.Values.CopyTo(_registers.AsSpan(request.Address));
            peer.Reply(in header, new RegistersWritten(request.Address, request.Count));
        }
    }

    [Unhandled]
    private static void Other(Peer peer, in ModbusHeader header, ReadOnlySpan<byte> body)
        => peer.Reply(in header, new ExceptionResponse(ExceptionCode.IllegalFunction));

    /// <summary>Whether a request is in order. One that is not is answered here: what it says comes before where it points.</summary>
    private static bool Accepts(Peer peer, in ModbusHeader header, int address, int count, int maxCount, bool isWellFormed = true)
    {
        ExceptionCode code = count < 1 || count > maxCount || !isWellFormed ? ExceptionCode.IllegalDataValue
            : address + count > Points ? ExceptionCode.IllegalDataAddress
            : ExceptionCode.None;

        if (code != ExceptionCode.None)
        {
            peer.Reply(in header, new ExceptionResponse(code));
        }

        return code == ExceptionCode.None;
    }
}
