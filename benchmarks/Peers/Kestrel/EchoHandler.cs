using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace QContinuum.Benchmarks.Kestrel;

/// <summary>Answers every frame with itself: parses each header, copies each message into the output, and flushes once for each read.</summary>
internal sealed class EchoHandler : ConnectionHandler
{
    private const int HeaderBytes = 8;
    private const int LongestBody = 1024 * 1024;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        PipeReader input = connection.Transport.Input;
        PipeWriter output = connection.Transport.Output;
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            ReadOnlySequence<byte> rest = result.Buffer;
            if (!TryEcho(ref rest, output))
            {
                return;
            }

            input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return;
            }

            ValueTask<FlushResult> flush = output.FlushAsync();
            if (!flush.IsCompletedSuccessfully)
            {
                await flush;
            }
        }
    }

    /// <returns>False if a header is wrong.</returns>
    private static bool TryEcho(ref ReadOnlySequence<byte> rest, PipeWriter output)
    {
        return rest.IsSingleSegment ? TryEchoSegment(ref rest, output) : TryEchoSegments(ref rest, output);
    }

    private static bool TryEchoSegment(ref ReadOnlySequence<byte> rest, PipeWriter output)
    {
        ReadOnlySpan<byte> bytes = rest.FirstSpan;
        int taken = 0;
        while (bytes.Length - taken >= HeaderBytes)
        {
            int body = BinaryPrimitives.ReadInt32LittleEndian(bytes[taken..]);
            if (body is < 0 or > LongestBody)
            {
                return false;
            }

            int frame = HeaderBytes + body;
            if (bytes.Length - taken < frame)
            {
                break;
            }

            bytes.Slice(taken, frame).CopyTo(output.GetSpan(frame));
            output.Advance(frame);
            taken += frame;
        }

        rest = rest.Slice(taken);
        return true;
    }

    private static bool TryEchoSegments(ref ReadOnlySequence<byte> rest, PipeWriter output)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        while (rest.Length >= HeaderBytes)
        {
            rest.Slice(0, HeaderBytes).CopyTo(header);
            int body = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (body is < 0 or > LongestBody)
            {
                return false;
            }

            int frame = HeaderBytes + body;
            if (rest.Length < frame)
            {
                break;
            }

            foreach (ReadOnlyMemory<byte> segment in rest.Slice(0, frame))
            {
                output.Write(segment.Span);
            }

            rest = rest.Slice(frame);
        }

        return true;
    }
}
