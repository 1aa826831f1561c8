"""Places as people write them before or after "data protection authority": what the names of countries in `iso` and Babel leave out."""

from __future__ import annotations

COUNTRY_WORDS: dict[str, tuple[str, ...]] = {
    "AD": ("Andorran",),
    "AL": ("Albanian",),
    "AT": ("Austrian", "Österreichische", "Österreichischer"),
    "AU": ("Australian",),
    "BA": ("Bosnian",),
    "BE": ("Belgian",),
    "BG": ("Bulgarian",),
    "BR": ("Brazilian",),
    "CA": ("Canadian",),
    "CH": ("Swiss", "Swiss Confederation"),
    "CY": ("Cypriot", "Cyprian", "Republic of Cyprus"),
    "CZ": ("Czech", "Czech Republic"),
    "DE": ("German", "Federal Republic of Germany"),
    "DK": ("Danish",),
    "EE": ("Estonian",),
    "ES": ("Spanish", "Española", "Español"),
    "FI": ("Finnish", "Finnland"),
    "FO": ("Faroese", "Faeroe Islands"),
    "FR": ("French", "Française"),
    "GB": ("UK", "U.K.", "British", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "GG": ("Bailiwick of Guernsey",),
    "GI": ("Gibraltarian",),
    "GR": ("Greek", "Hellenic", "Hellas", "Hellenic Republic"),
    "HR": ("Croatian",),
    "HU": ("Hungarian",),
    "IE": ("Irish", "Republic of Ireland", "Eire"),
    "IM": ("Manx", "Isle of Man"),
    "IS": ("Icelandic", "Island"),
    "IT": ("Italian", "Italia", "Italiana", "Italiano"),
    "JE": ("Bailiwick of Jersey",),
    "LI": ("Liechtensteiner",),
    "LT": ("Lithuanian",),
    "LU": ("Luxembourgish", "Luxembourgian", "Luxemburg", "Grand Duchy of Luxembourg"),
    "LV": ("Latvian",),
    "MC": ("Monegasque",),
    "MD": ("Moldovan",),
    "ME": ("Montenegrin",),
    "MK": ("Macedonian",),
    "MT": ("Maltese",),
    "NL": ("Dutch", "Nederlandse", "Holland", "The Netherlands"),
    "NO": ("Norwegian",),
    "PL": ("Polish",),
    "PT": ("Portuguese", "Portuguesa"),
    "RO": ("Romanian", "Rumania"),
    "RS": ("Serbian",),
    "SE": ("Swedish",),
    "SI": ("Slovenian", "Slovene", "Republic of Slovenia"),
    "SK": ("Slovak", "Slovakian", "Slovak Republic"),
    "SM": ("Sammarinese",),
    "TR": ("Turkish", "Turkey"),
    "UA": ("Ukrainian",),
    "US": ("American", "USA", "U.S."),
}
"""Country → adjectives and other names in English, and names that people write in theirs."""

REGION_WORDS: dict[str, tuple[str, ...]] = {
    "BE-VLG": ("Flanders", "Flemish", "Vlaanderen", "Vlaamse"),
    "DE-BB": ("Brandenburg",),
    "DE-BE": ("Berlin", "Berliner"),
    "DE-BW": ("Baden-Württemberg",),
    "DE-BY": ("Bavaria", "Bavarian", "Bayern", "Bayerische", "Bayerischer"),
    "DE-HB": ("Bremen", "Free Hanseatic City of Bremen"),
    "DE-HE": ("Hesse", "Hessian", "Hessen", "Hessische", "Hessischer"),
    "DE-HH": ("Hamburg", "Hamburgische", "Hamburgischer", "Free and Hanseatic City of Hamburg"),
    "DE-MV": ("Mecklenburg-Western Pomerania", "Mecklenburg-Vorpommern"),
    "DE-NI": ("Lower Saxony", "Niedersachsen"),
    "DE-NW": ("North Rhine-Westphalia", "Nordrhein-Westfalen", "NRW"),
    "DE-RP": ("Rhineland-Palatinate", "Rheinland-Pfalz"),
    "DE-SH": ("Schleswig-Holstein",),
    "DE-SL": ("Saarland",),
    "DE-SN": ("Saxony", "Saxon", "Sachsen", "Sächsische", "Sächsischer"),
    "DE-ST": ("Saxony-Anhalt", "Sachsen-Anhalt"),
    "DE-TH": ("Thuringia", "Thuringian", "Thüringen", "Thüringer"),
    "ES-AN": ("Andalusia", "Andalusian", "Andalucía"),
    "ES-CT": ("Catalonia", "Catalan", "Cataluña", "Catalunya"),
    "ES-MD": ("Madrid", "Community of Madrid"),
    "ES-PV": ("Basque Country", "Basque", "País Vasco", "Euskadi"),
    "FI-01": ("Åland", "Åland Islands", "Ålandic", "Ahvenanmaa"),
}
"""Region (ISO 3166-2) → its names and adjectives, in English and its own language."""

CONNECTING = frozenset(
    "the of for and on in to de del des der die das den dem du la le les l el los il lo dei della delle degli da do dos das für und zum zur per "
    "a an het een van voor en et y e i och og och pour sur".split()
)
"""Words that tell no authority from another."""

BODY = frozenset(
    "authority authorities agency commission commissioner commissioners inspectorate office ombudsman ombudsperson dpa dpas regulator supervisor "
    "watchdog behörde datenschutzbehörde aufsichtsbehörde datenschutzaufsichtsbehörde landesdatenschutzbeauftragte datenschutzbeauftragte datenschutzstelle beauftragte "
    "landesbeauftragte autorité commissaire préposé agencia autoridad comisión autorità autoriteit toezichthouder privacytoezichthouder privacywaakhond "
    "tilsynsmyndighet".split()
)
"""Words for a body that supervises."""

MATTER = frozenset(
    "data protection personal privacy information freedom access processing supervisory supervision national state president head republic government "
    "datenschutz informationsfreiheit datenschutzaufsicht aufsicht protection données personnelles caractère personnel nationale contrôle protección datos "
    "personales nacional protezione dati personali nazionale nationale".split()
)
"""Words for what it supervises, and for its rank, which most of them share."""
