using Modbus.Messages;
using QContinuum;

namespace Modbus;

/// <summary>The client's side: what it does with any Modbus server, a line for each step.</summary>
internal static class Tour
{
    private const byte Unit = 1;

    public static async Task RunAsync(string endPoint)
    {
        await using Peer peer = await Peer.ConnectTcpAsync(endPoint, new Client());
        var header = new ModbusHeader(unit: Unit);

        await peer.RequestAsync(header, new WriteRegisters(10, 4, (ushort[])[1, 22, 333, 65535]));
        Console.WriteLine("wrote registers 10..13");
        await peer.RequestAsync(header, new WriteRegister(11, 4444));
        Console.WriteLine("wrote register 11");

        using (Owned<Registers> reply = await peer.RequestAsync(header, new ReadRegisters(10, 4)))
        {
            Console.WriteLine($"registers 10..13: {string.Join(' ', reply.Value.Values.ToArray())}");
        }

        await peer.RequestAsync(header, Switches(20, [true, false, true, true, false, false, false, false, true]));
        Console.WriteLine("wrote coils 20..28");
        await peer.RequestAsync(header, new WriteCoil(21, Switch.On));
        Console.WriteLine("wrote coil 21");

        // Two in flight: the second is sent before the first is answered, and each finds its own reply.
        ValueTask<Owned<Registers>> first = peer.RequestAsync(header, new ReadRegisters(13, 1));
        ValueTask<Owned<Coils>> second = peer.RequestAsync(header, new ReadCoils(20, 9));
        using (Owned<Coils> coils = await second)
        using (Owned<Registers> registers = await first)
        {
            Console.WriteLine($"coils 20..28: {Unpack(coils.Value, 9)}");
            Console.WriteLine($"register 13: {string.Join(' ', registers.Value.Values.ToArray())}");
        }

        try
        {
            using Owned<Registers> reply = await peer.RequestAsync(header, new ReadRegisters(65535, 1));
            Console.WriteLine("register 65535: there is one");
        }
        catch (ReplyFaultException fault) when (fault.TryRead(out ExceptionResponse exception))
        {
            Console.WriteLine($"register 65535: exception {(int)exception.Code} to function {fault.Id}");
        }
    }

    private static WriteCoils Switches(ushort address, bool[] values)
    {
        byte[] packed = new byte[PackedBits.BytesFor(values.Length)];
        PackedBits.Pack(values, packed);
        return new WriteCoils(address, (ushort)values.Length, packed);
    }

    private static string Unpack(Coils coils, int count)
    {
        bool[] values = new bool[count];
        new PackedBits(coils.Values, count).CopyTo(values);
        return string.Join(' ', values.Select(value => value ? 1 : 0));
    }
}

/// <summary>A client is a processor too. This one only asks: what comes back finds its request, and there is nothing to handle.</summary>
[Processor<ModbusHeader>(Threading.Inline)]
internal sealed partial class Client;
