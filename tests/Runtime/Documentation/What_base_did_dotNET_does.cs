using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.VisualBasic.FileIO;

namespace QContinuum.Runtime.Tests.Documentation;

/// <summary>What to write in place of the functions of Go's package base.</summary>
public sealed class What_base_did_dotNET_does
{
    /// <summary>Csv2Json: the first line has the names, numbers are numbers, and what is empty is left out.</summary>
    [Fact]
    public void Tables_become_JSON()
    {
        const string Table = """"
            id,name,speed
            # by hand
            1,"Ada, ""the first""",2.5
            2,Grace,
            """";
        using TextFieldParser lines = new(new StringReader(Table)) { Delimiters = [","], CommentTokens = ["#"] };
        string[] names = lines.ReadFields()!;
        JsonArray rows = [];
        while (lines.ReadFields() is { } fields)
        {
            rows.Add((JsonNode)new JsonObject(names.Zip(fields, static (name, field) => KeyValuePair.Create(name, ValueOf(field))).Where(static pair => pair.Value is not null)));
        }

        JsonNode expected = JsonNode.Parse("""[{"id":1,"name":"Ada, \"the first\"","speed":2.5},{"id":2,"name":"Grace"}]""")!;
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(rows.ToJsonString())), rows.ToJsonString());
    }

    /// <summary>EncodeMD5Hex.</summary>
    [Fact]
    public void A_digest_is_written_in_hexadecimal()
#pragma warning disable CA5351 // What Go users have files and databases full of.
        => Assert.Equal("900150983cd24fb0d6963f7d28e17f72", Convert.ToHexStringLower(MD5.HashData("abc"u8)));
#pragma warning restore CA5351

    /// <summary>RandUUID and FromStr, which takes three forms, and Hex.</summary>
    [Fact]
    public void Ids_are_unique()
    {
        Guid id = Guid.NewGuid();
        Assert.Equal((4, true), (id.Version, id != Guid.NewGuid()));
        foreach (string form in (string[])["D", "N", "B"])
        {
            Assert.True(Guid.TryParse(id.ToString(form), out Guid back));
            Assert.Equal(id, back);
        }

        Assert.False(Guid.TryParse("no id", out _));
        Assert.Equal(id.ToString("N"), Convert.ToHexStringLower(id.ToByteArray(bigEndian: true)));
    }

    /// <summary>Krand, RandomString and RandInt.</summary>
    [Fact]
    public void Random_is_random()
    {
        Assert.Matches("^[A-Z]{20}$", RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 20));
        Assert.InRange(Random.Shared.Next(3, 7), 3, 6);
    }

    /// <summary>UntilTomorrow and UntilNextWeek, which began with Sunday.</summary>
    [Fact]
    public void Time_is_subtracted()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 2, 22, 30, 0, TimeSpan.Zero));
        DateTime now = clock.GetLocalNow().DateTime;

        Assert.Equal(DayOfWeek.Friday, now.DayOfWeek);
        Assert.Equal(TimeSpan.FromMinutes(90), now.Date.AddDays(1) - now);
        Assert.Equal(TimeSpan.FromMinutes(90) + TimeSpan.FromDays(1), now.Date.AddDays(7 - (int)now.DayOfWeek) - now);
    }

    /// <summary>String, Bytes and BytesCombine.</summary>
    [Fact]
    public void Text_is_not_its_bytes()
    {
        byte[] bytes = [.. "Grüße "u8, .. Encoding.UTF8.GetBytes("Ada")];
        Assert.Equal("Grüße Ada", Encoding.UTF8.GetString(bytes));
    }

    /// <summary>IsNumberString, Ato32, Ato64, MaxInt and others.</summary>
    [Fact]
    public void Numbers_are_parsed()
    {
        Assert.True(double.TryParse("2.5e3", CultureInfo.InvariantCulture, out double number) && number == 2500);
        Assert.True(int.TryParse("-7", CultureInfo.InvariantCulture, out int whole) && Math.Abs(whole) == Math.Max(whole, 7) && Math.Min(whole, 7) == whole);
        Assert.False(long.TryParse("seven", CultureInfo.InvariantCulture, out _));
    }

    private static JsonNode? ValueOf(string field) => field.Length == 0 ? null
        : double.TryParse(field, CultureInfo.InvariantCulture, out double number) ? number
        : field;
}
