using System.Reflection;

namespace QContinuum.Interop.Tests;

/// <summary>
/// The protocol of a sample is declared, not programmed. Where one has to do with bytes after all, its README says so, in a list under
/// <see cref="Heading"/>: <c>- `File.cs`: `What`, because …</c>.
/// </summary>
public sealed class Samples_take_no_bytes_apart
{
    private const string Heading = "## Bytes touched by hand";

    private const int FewestFiles = 5;

    [Theory]
    [InlineData("Modbus")]
    [InlineData("Dns")]
    public void But_where_their_README_says_why(string sample)
    {
        string folder = Path.Combine(Samples, sample);
        Dictionary<string, string> files = Sources(folder);
        Assert.True(files.Count >= FewestFiles, $"{sample} has {files.Count} files");

        IEnumerable<string> found = ByteArithmetic.Find(files).Select(one => $"{one.File}: {one.What}");
        IEnumerable<string> excused = Excuses(File.ReadAllText(Path.Combine(folder, "README.md"))).Select(one => $"{one.File}: {one.What}");

        Assert.Equal(excused.Distinct().Order(), found.Distinct().Order());
    }

    [Theory]
    [InlineData("int a = BinaryPrimitives.ReadInt32BigEndian(body);", "BinaryPrimitives")]
    [InlineData("int a = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(body);", "BinaryPrimitives")]
    [InlineData("var a = MemoryMarshal.Cast<byte, ushort>(body);", "MemoryMarshal")]
    [InlineData("var a = Unsafe.As<int>(body);", "Unsafe")]
    [InlineData("var a = BitConverter.ToInt32(array);", "BitConverter")]
    [InlineData("var a = body.Slice(2);", "Slice")]
    [InlineData("var a = body[2..];", "range")]
    [InlineData("var a = text[..^1];", "range")]
    [InlineData("var a = message.Data[1..3];", "range")]
    [InlineData("var a = body[2];", "index")]
    [InlineData("var a = array[2];", "index")]
    [InlineData("array[2] = 1;", "index")]
    [InlineData("array![2] = 1;", "index")]
    [InlineData("var a = nullable?[2];", "index")]
    [InlineData("var a = message.Data[0];", "index")]
    [InlineData("var a = numbers.AsSpan()[0];", "index")]
    [InlineData("var a = numbers.AsSpan(); a[0] = 1;", "index")]
    [InlineData("Span<byte> a = stackalloc byte[4]; a[0] = 1;", "index")]
    [InlineData("var a = new byte[4]; a[0] = 1;", "index")]
    [InlineData("Take(out byte[] a); a[0] = 1;", "index")]
    [InlineData("unsafe { }", "pointer")]
    public void What_takes_bytes_apart_is_found(string statement, string what)
        => Assert.Equal([("Handler.cs", what)], ByteArithmetic.Find(Handler(statement)));

    [Theory]
    [InlineData("_registers[request.Address] = request.Value;")]
    [InlineData("bool first = _coils[0]; ushort second = numbers[1];")]
    [InlineData("request.Values.CopyTo(_registers.AsSpan(request.Address, request.Count));")]
    [InlineData("Span<byte> bits = stackalloc byte[PackedBits.BytesFor(3)];")]
    [InlineData("var bits = new PackedBits(body, 3); bool second = bits[1];")]
    [InlineData("if (args is [\"--port\", .. var rest]) { byte[] all = [.. array, 1]; }")]
    public void What_does_not_is_not(string statement) => Assert.Empty(ByteArithmetic.Find(Handler(statement)));

    [Fact]
    public void An_excuse_names_its_file_what_it_does_and_why()
    {
        const string Readme = $"""
            # Sample

            - `Elsewhere.cs`: `Slice`, not under the heading.

            {Heading}

            - `Messages/Name.cs`: `index`, because labels are not described yet.

            ## Next

            - `Elsewhere.cs`: `Slice`, not under the heading.
            """;

        Assert.Equal([("Messages/Name.cs", "index")], Excuses(Readme));
        Assert.Throws<FormatException>(() => Excuses($"{Heading}\n- `Messages/Name.cs`: `index`").ToArray());
    }

    private static string Samples
        => typeof(Samples_take_no_bytes_apart).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Samples").Value!;

    private static IEnumerable<(string File, string What)> Excuses(string readme) => readme
        .Split('\n')
        .SkipWhile(line => line != Heading)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith('#'))
        .Where(line => line.StartsWith('-'))
        .Select(line => line.Split('`') is ["- ", var file, ": ", var what, { Length: > 10 }]
            ? (file, what)
            : throw new FormatException($"An excuse is '- `File.cs`: `What`, because …', not '{line}'."));

    private static Dictionary<string, string> Sources(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)));

    private static Dictionary<string, string> Handler(string statement) => new()
    {
        ["Handler.cs"] = $"class Handler {{ void On(ReadOnlySpan<byte> body, byte[] array, byte[]? nullable, ushort[] numbers) {{ {statement} }} }}",
        ["Message.cs"] = "readonly ref struct Message { public readonly ReadOnlySpan<byte> Data; }",
    };
}
