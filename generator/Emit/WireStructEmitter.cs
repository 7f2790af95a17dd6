using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the file of a struct within messages.</summary>
internal static class WireStructEmitter
{
    public static SourceFile Emit(WireStructModel model)
        => model.BrokenRule is { } rule
            ? SourceFile.Write(model.Layout.Type, "WireStruct", $"Stands in for {model.Name}, whose declaration breaks {rule}.", code => WriteStub(model, code))
            : SourceFile.Write(model.Layout.Type, "WireStruct", Invariant($"Reads and writes {model.Name} within messages: {model.Layout.Size} bytes."), code => Write(model, code));

    private static void Write(WireStructModel model, CodeWriter code)
    {
        LayoutModel layout = model.Layout;
        string self = layout.Type.SelfName;
        code.Line($"[{Names.WireSize}({layout.Size})]");
        using (Open(layout, code))
        {
            ConstructorEmitter.WriteOfMembers(layout, code);
            ConstructorEmitter.WriteOfBytes(layout, $", bool {MemberCode.OrderParameter}", code);
            MessageEmitter.WriteHead(code, $"static int {Names.WireStruct}<{self}>.Size => {layout.Size};");
            string[] conditions = [.. layout.Fixed.SelectMany(static member => MemberCode.Conditions(member, "origin"))];
            if (conditions.Length > 0)
            {
                MessageEmitter.WriteHead(code, $"static bool {Names.WireStruct}<{self}>.{IsValidOf()} => {string.Join(" && ", conditions)};");
            }

            MessageEmitter.WriteHead(
                code,
                Names.Inlined,
                $"static {self} {Names.WireStruct}<{self}>.{ReadOf()}",
                $"    => {ConstructorEmitter.CallOfBytes(layout, "origin", $", {MemberCode.OrderParameter}")};");
            MessageEmitter.WriteHead(code, Names.Inlined, $"static void {Names.WireStruct}<{self}>.{WriteOf(self)}");
            using (code.Block())
            {
                MemberCode.Write(layout.Fixed, "origin", static member => $"value.{member.Name}", code);
            }
        }
    }

    private static void WriteStub(WireStructModel model, CodeWriter code)
    {
        LayoutModel layout = model.Layout;
        string self = layout.Type.SelfName;
        string @throw = $"throw new {Names.InvalidOperation}(\"The declaration of {model.Name} breaks {model.BrokenRule}.\")";
        using (Open(layout, code))
        {
            if (layout.Members.All(static member => member.Type.Length > 0))
            {
                ConstructorEmitter.WriteOfMembers(layout, code);
            }

            MessageEmitter.WriteHead(code, $"static int {Names.WireStruct}<{self}>.Size => {@throw};");
            MessageEmitter.WriteHead(code, $"static {self} {Names.WireStruct}<{self}>.{ReadOf()} => {@throw};");
            MessageEmitter.WriteHead(code, $"static void {Names.WireStruct}<{self}>.{WriteOf(self)} => {@throw};");
        }
    }

    private static string IsValidOf() => $"IsValid(ref readonly byte origin, bool {MemberCode.OrderParameter})";

    private static string ReadOf() => $"Read(ref readonly byte origin, bool {MemberCode.OrderParameter})";

    private static string WriteOf(string self) => $"Write(ref byte origin, scoped in {self} value, bool {MemberCode.OrderParameter})";

    private static CodeWriter.Braces Open(LayoutModel layout, CodeWriter code)
    {
        code.Line($"partial {layout.Type.Self.Keyword} {layout.Type.Self.Name} : {Names.WireStruct}<{layout.Type.SelfName}>");
        return code.Block();
    }
}
