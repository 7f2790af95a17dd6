namespace QContinuum.Generator.Emit;

/// <summary>The names that generated code uses, each from the root, so that nothing of the user's can stand in their way.</summary>
internal static class Names
{
    public const string Message = "global::QContinuum.IMessage";
    public const string SendResult = "global::QContinuum.SendResult";
    public const string HeaderSizedMessage = "global::QContinuum.IHeaderSizedMessage";
    public const string MessageRole = "global::QContinuum.MessageRole";
    public const string FrameExtent = "global::QContinuum.FrameExtent";
    public const string Framing = "global::QContinuum.Protocol.Framing";
    public const string InPlaceMessage = "global::QContinuum.IInPlaceMessage";
    public const string MessageHeader = "global::QContinuum.MessageHeader";
    public const string MessageCodec = "global::QContinuum.MessageCodec";
    public const string RequestSender = "global::QContinuum.Protocol.RequestSender";
    public const string ByteOrder = "global::QContinuum.ByteOrder";
    public const string Parts = "global::QContinuum.Protocol.Parts";
    public const string MessageReader = "global::QContinuum.IMessageReader";
    public const string WireStruct = "global::QContinuum.Protocol.IWireStruct";
    public const string WireSize = "global::QContinuum.Protocol.WireSize";
    public const string Header = "global::QContinuum.IHeader";
    public const string Checksums = "global::QContinuum.Protocol.Checksums";
    public const string ChecksumAlgorithm = "global::QContinuum.ChecksumAlgorithm";
    public const string HeaderCodec = "global::QContinuum.HeaderCodec";
    public const string FrameStatus = "global::QContinuum.FrameStatus";
    public const string Peer = "global::QContinuum.Peer";
    public const string Processor = "global::QContinuum.Processor";
    public const string Threading = "global::QContinuum.Threading";
    public const string CloseReason = "global::QContinuum.CloseReason";
    public const string Wire = "global::QContinuum.Protocol.Wire";
    public const string Dispatch = "global::QContinuum.Protocol.Dispatch";

    public const string ByteSpan = "global::System.Span<byte>";
    public const string ByteReadOnlySpan = "global::System.ReadOnlySpan<byte>";
    public const string ByteReadOnlyMemory = "global::System.ReadOnlyMemory<byte>";
    public const string BufferWriter = "global::System.Buffers.IBufferWriter<byte>";
    public const string InvalidOperation = "global::System.InvalidOperationException";
    public const string ArgumentNull = "global::System.ArgumentNullException";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string GetReference = "global::System.Runtime.InteropServices.MemoryMarshal.GetReference";

    public const string CreateReadOnlySpan = "global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan";

    public const string Inlined = $"[{CompilerServices}.MethodImpl({CompilerServices}.MethodImplOptions.AggressiveInlining)]";
    public const string SetsRequiredMembers = "[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]";

    /// <summary>What marks every generated member; the analyzers tell by it what the user did not write.</summary>
    public static string GeneratedCode { get; } =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"{Model.Known.Tool}\", \"{Version}\")]";

    private const string CompilerServices = "global::System.Runtime.CompilerServices";

    private static string Version => typeof(Names).Assembly.GetName().Version.ToString(fieldCount: 3);
}
