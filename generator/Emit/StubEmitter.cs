using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>
/// Writes what stands in for a message whose declaration breaks a rule: all that other code may name is there and throws, so that the rule
/// is the only error that the user sees.
/// </summary>
internal static class StubEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        string self = message.Type.SelfName;
        string @interface = MessageEmitter.MessageOf(message);
        string bound = MessageEmitter.BoundMessageOf(message);
        string @throw = $"throw new {Names.InvalidOperation}(\"The declaration of {message.Shape.Name} breaks {message.BrokenRule}.\")";
        using (MessageEmitter.Open(message, code))
        {
            if (CanBeConstructed(message))
            {
                code.Line("#pragma warning disable CS8618 // What has no place in the layout gets no value here.");
                ConstructorEmitter.WriteOfMembers(message.Layout, code);
            }

            code.Gap();
            WriteMember($"static {Names.HeaderCodec} {@interface}.Header", @throw, code);
            WriteMember($"static long {@interface}.Id", @throw, code);
            WriteMember($"static {Names.MessageRole} {@interface}.Role", @throw, code);
            WriteMember($"static {message.Shape.Header} {bound}.HeaderOf(scoped in {self} message, scoped in {message.Shape.Header} chosen)", @throw, code);
            WriteMember($"static int {@interface}.SizeOf(scoped in {self} message)", @throw, code);
            WriteMember($"static void {@interface}.{MessageEmitter.WriteFrameOf(message)}", @throw, code);
            WriteMember($"static void {bound}.{MessageEmitter.WriteChosenFrameOf(message)}", @throw, code);
            WriteMember($"static void {@interface}.{MessageEmitter.WriteBodyOf(message)}", @throw, code);
            WriteMember($"static bool {@interface}.TryRead({Names.ByteReadOnlyMemory} body, out {self} message)", @throw, code);
            WriteMember($"static bool {@interface}.TryReadFrame({Names.ByteReadOnlyMemory} frame, out {self} message)", @throw, code);
            if (message.Shape.Kind != MessageKind.MessagePack)
            {
                string inPlace = MessageEmitter.InPlaceMessageOf(message);
                string header = message.Shape.IsHeaderSized ? $"scoped in {message.Shape.Header} header, " : "";
                WriteMember($"static bool {inPlace}.TryRead({header}{Names.ByteReadOnlySpan} body, out {self} message)", @throw, code);
            }

            if (message.Shape.HasReader)
            {
                ReaderEmitter.WriteStub(message, @throw, code);
            }
        }
    }

    // Every member can be given a value by a plain assignment: it is not a reference, and its type has a name.
    private static bool CanBeConstructed(MessageModel message)
        => message.Layout.Members.All(static member => member.Type.Length > 0 && member.Kind != MemberKind.FixedBuffer);

    private static void WriteMember(string declaration, string @throw, CodeWriter code)
    {
        code.Gap();
        code.Line(Names.GeneratedCode);
        code.Line($"{declaration} => {@throw};");
    }
}
